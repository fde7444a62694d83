import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Checkbox, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Cause } from '#contract/common.ts'
import { api } from '#web/api/client.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { useDraft } from '#web/ui/form/use-draft.ts'
import { Failed } from '#web/ui/page/failed.tsx'

interface ReportModalProps {
  household: { ref: string; headName: string }
  onClose(): void
}

/** A cadre reports a household in trouble, or types for one that came itself. */
export function ReportModal({ household, onClose }: ReportModalProps) {
  const { t } = useTranslation('visits')
  const common = useTranslation().t
  const { message } = App.useApp()
  const client = useQueryClient()
  const [cause, setCause] = useState<Cause>()
  const [text, setText, forget] = useDraft(`report.${household.ref}`)
  const [forHousehold, setFor] = useState(false)
  // One report however often it is sent.
  const [request] = useState(() => crypto.randomUUID())
  const report = useMutation({
    mutationFn: () =>
      api.clues.report({
        household: household.ref,
        cause: cause ?? 'other',
        text: text.trim(),
        forHousehold,
        request,
      }),
    onSuccess: async ({ appended }) => {
      forget()
      message.success(t(appended ? 'reportAppended' : 'reportSent'))
      await Promise.all(
        ['clues', 'clue', 'household', 'workbench'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      )
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('reportTitle', { name: household.headName })}
      okText={t('reportShort')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: !cause || text.trim() === '', loading: report.isPending }}
      onOk={() => report.mutate()}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t('reportWhat')} htmlFor="report-cause">
          <Select
            id="report-cause"
            value={cause}
            placeholder={t('reportChoose')}
            options={Cause.options.map((value) => ({ value, label: common(`cause.${value}`) }))}
            onChange={setCause}
          />
        </Form.Item>
        <LongText
          id="report-text"
          label={t('reportText')}
          rows={4}
          hint={t('reportNote')}
          placeholder={t('reportTextHint')}
          value={text}
          onChange={setText}
        />
        <Checkbox checked={forHousehold} onChange={(event) => setFor(event.target.checked)}>
          {t('reportFor')}
        </Checkbox>
      </Form>
      <Failed of={report} />
    </Modal>
  )
}
