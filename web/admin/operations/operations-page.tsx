import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CheckState, OperationsCheck, OperationsStatus } from '#contract/protection/operations.ts'
import { api } from '#web/api/client.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { ListTable } from '#web/ui/list/list-table.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatBytes, formatCount, formatInstant } from '#web/ui/words/format.ts'
import '#web/ui/list/records.css'
import { CheckMark } from './check-mark.tsx'
import { LateSources, Queues, SlowStatements } from './details.tsx'
import './operations.css'

const pollMs = 10_000

/** Whether all is well with the installation, one line for each thing that is looked at. */
export function OperationsPage() {
  const { t } = useTranslation('operations')
  const query = useQuery({
    queryKey: ['operations'],
    queryFn: () => api.operations.get(undefined, { context: { background: true } }),
    refetchInterval: pollMs,
  })
  const status = query.data
  return (
    <>
      <PageHeader title={t('title')} />
      <p className="record-note">{t('note')}</p>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={10} height={28} />}
      {status && (
        <>
          <Overall status={status} />
          <Checks checks={status.checks} />
          <Queues queues={status.queues} />
          <LateSources sources={status.lateSources} />
          <SlowStatements statements={status.slowStatements} />
        </>
      )}
    </>
  )
}

function Overall({ status: { state, checks, at } }: { status: OperationsStatus }) {
  const { t } = useTranslation('operations')
  const worst = state === 'off' ? 'ok' : state
  const count = checks.filter((check) => check.state === worst).length
  return (
    <p className="operations-overall" role="status">
      <CheckMark state={worst} /> <strong>{t(`all.${worst}`, { count })}</strong>{' '}
      <span className="muted">{t('lookedAt', { at: formatInstant(at) })}</span>
    </p>
  )
}

const weight: Record<CheckState, number> = { bad: 0, attention: 1, ok: 2, off: 3 }

function Checks({ checks }: { checks: OperationsCheck[] }) {
  const { t } = useTranslation('operations')
  const sentence = useSentence()
  const sorted = checks.toSorted((a, b) => weight[a.state] - weight[b.state])
  return (
    <div className="panel record-panel">
      <TableExport title={t('title')} of="operations-checks" />
      <ListTable
        id="operations-checks"
        rows={sorted}
        columns={[
          {
            key: 'what',
            head: t('what'),
            isRowHead: true,
            cell: ({ key, state }) => (
              <>
                <CheckMark state={state} /> {t(`check.${key}`)}
                <span className="sub">{t(`state.${state}`)}</span>
              </>
            ),
          },
          { key: 'howItIs', head: t('howItIs'), cell: sentence },
        ]}
        keyOf={({ key }) => key}
        className="record-list operations-checks"
      />
    </div>
  )
}

function useSentence() {
  const { t } = useTranslation('operations')
  return ({ key, reason, figures }: OperationsCheck) => {
    const shown = Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [name, inWords(name, value)]),
    )
    return t(`sentence.${key}.${reason}` as 'sentence.disk.free', shown as { bytes: string; percent: string })
  }
}

function inWords(name: string, value: number | string): string {
  if (name === 'at') return formatInstant(String(value))
  if (typeof value === 'string') return value
  return name === 'bytes' ? formatBytes(value) : formatCount(value)
}
