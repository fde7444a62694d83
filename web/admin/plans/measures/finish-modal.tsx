import { Form, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Measure } from '#contract/work/plans.ts'
import { api } from '#web/api/client.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { usePlanChange } from '../use-plan.ts'

/** A measure ends with what proves it and what came of it. */
export function FinishModal({ measure, onClose }: { measure: Measure; onClose(): void }) {
  const { t } = useTranslation('plans')
  const common = useTranslation().t
  const [evidence, setEvidence] = useState(measure.evidence)
  const [effect, setEffect] = useState(measure.effect)
  const finish = usePlanChange(
    () =>
      api.plans.change({ id: measure.id, state: 'done', evidence: evidence.trim(), effect: effect.trim() }),
    onClose,
  )
  return (
    <Modal
      open
      title={t('finishTitle')}
      okText={t('finish')}
      cancelText={common('cancel')}
      okButtonProps={{
        disabled: evidence.trim() === '' || effect.trim() === '',
        loading: finish.isPending,
      }}
      onOk={() => finish.mutate(undefined)}
      onCancel={onClose}
    >
      <p>{t('finishText')}</p>
      <Form layout="vertical">
        <LongText
          id="measure-evidence"
          label={t('evidence')}
          rows={2}
          placeholder={t('evidenceHint')}
          value={evidence}
          onChange={setEvidence}
        />
        <LongText
          id="measure-effect"
          label={t('effect')}
          rows={2}
          placeholder={t('effectHint')}
          value={effect}
          onChange={setEffect}
        />
      </Form>
      <Failed of={finish} />
    </Modal>
  )
}
