import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { Department } from '#contract/common.ts'
import type { SolvedProof } from '#contract/work/visits.ts'
import { useMe } from '#web/api/session.ts'

interface ProofFieldsProps {
  proof: Partial<SolvedProof>
  onChange(proof: Partial<SolvedProof>): void
}

/** What shows that a department solved it: which one, when, and what paper says so. */
export function ProofFields({ proof, onChange }: ProofFieldsProps) {
  const { t } = useTranslation('visits')
  const common = useTranslation().t
  const today = useMe().asOf
  return (
    <div className="desk-row">
      <Select
        value={proof.department}
        placeholder={t('proof.department')}
        aria-label={t('proof.department')}
        options={Department.options.map((value) => ({ value, label: common(`department.${value}`) }))}
        onChange={(department) => onChange({ ...proof, department })}
      />
      <DatePicker
        {...(proof.doneOn ? { value: dayjs(proof.doneOn) } : {})}
        maxDate={dayjs(today)}
        placeholder={t('proof.doneOn')}
        aria-label={t('proof.doneOn')}
        onChange={(day) => {
          const { doneOn: _was, ...rest } = proof
          onChange(day ? { ...rest, doneOn: day.format('YYYY-MM-DD') } : rest)
        }}
      />
      <Input
        value={proof.document ?? ''}
        maxLength={100}
        placeholder={t('proof.document')}
        aria-label={t('proof.document')}
        onChange={(event) => onChange({ ...proof, document: event.target.value })}
      />
    </div>
  )
}
