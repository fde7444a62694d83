import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportFilter, ExportKind, ExportRow } from '#contract/protection/exports.ts'
import { api } from '#web/api/client.ts'
import { ErrorState } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { useNames } from '../shell/brought.ts'
import { exportAddress, type FileFormat } from './export-address.ts'

interface RequestExportProps {
  kind: ExportKind
  filter: ExportFilter
  format: FileFormat
  /** Not known yet where there is none. */
  rows: number | undefined
  onClose(): void
}

/** Asks what the file is for; few rows can be fetched at once, more wait for a second person. */
export function RequestExport({ kind, filter, format, rows, onClose }: RequestExportProps) {
  const { t } = useTranslation('exports')
  const common = useTranslation().t
  const queries = useQueryClient()
  const nameOf = useNames('exportNames')
  const [purpose, setPurpose] = useState('')
  const [isMissing, setMissing] = useState(false)
  const request = useMutation({
    mutationFn: () => api.exports.request({ kind, filter, purpose: purpose.trim() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['exports'] }),
  })
  const submit = () => {
    const lacks = purpose.trim().length < 2
    setMissing(lacks)
    if (!lacks) request.mutate()
  }
  return (
    <Modal
      open
      title={t('requestTitle', { kind: nameOf(kind) ?? kind })}
      onCancel={onClose}
      okText={t('requestOk')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: request.isPending }}
      onOk={submit}
      {...(request.data ? { footer: <Done row={request.data} format={format} onClose={onClose} /> } : {})}
    >
      {request.data ? (
        <Outcome row={request.data} />
      ) : (
        <Form layout="vertical" onFinish={submit}>
          <p>
            {rows === undefined ? t('requestAll') : t('requestRows', { count: formatCount(rows) as never })}
          </p>
          <Form.Item
            label={t('requestPurpose')}
            htmlFor="export-purpose"
            extra={t('requestHint')}
            {...(isMissing ? { validateStatus: 'error', help: t('purposeMissing') } : {})}
          >
            <Input
              id="export-purpose"
              autoFocus
              maxLength={200}
              value={purpose}
              aria-invalid={isMissing}
              onChange={(event) => setPurpose(event.target.value)}
            />
          </Form.Item>
        </Form>
      )}
      {request.isError && <ErrorState error={request.error} />}
    </Modal>
  )
}

function Outcome({ row }: { row: ExportRow }) {
  const { t } = useTranslation('exports')
  const isReady = row.state === 'ready'
  return (
    <Alert
      type={isReady ? 'success' : 'info'}
      showIcon
      title={
        isReady
          ? t('readyText', { number: row.number })
          : t('pendingText', { number: row.number, limit: row.limit ?? 0 })
      }
      description={isReady ? t('markText') : undefined}
    />
  )
}

function Done({ row, format, onClose }: { row: ExportRow; format: FileFormat; onClose(): void }) {
  const { t } = useTranslation('exports')
  return (
    <>
      <Link to="/exports" search={{}} className="ant-btn ant-btn-default" onClick={onClose}>
        {t('toRegister')}
      </Link>
      {row.state === 'ready' && (
        <Button
          type="primary"
          href={exportAddress(row.id, format)}
          {...(format === 'print' ? { target: '_blank', rel: 'noopener' } : { download: true })}
          onClick={onClose}
        >
          {t(format === 'print' ? 'toPaper' : 'download')}
        </Button>
      )}
    </>
  )
}
