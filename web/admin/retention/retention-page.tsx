import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { beijingDay } from '#contract/days.ts'
import type { RetentionRule, RetentionRun } from '#contract/protection/retention.ts'
import { api } from '#web/api/client.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import '#web/ui/list/records.css'

/** What is kept how long, what is due today, and the runs that two people agreed on. */
export function RetentionPage() {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const { modal } = App.useApp()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['retention'],
    queryFn: () => api.retention.get(undefined, { context: { background: true } }),
    refetchInterval: (state) =>
      state.state.data?.runs.some((run) => run.state === 'running') ? 2000 : false,
  })
  const refresh = () => queries.invalidateQueries({ queryKey: ['retention'] })
  const request = useMutation({
    mutationFn: (digest: string) => api.retention.request({ digest }),
    onSettled: refresh,
  })
  const report = query.data
  const hindrance = !report
    ? common('loading')
    : report.rules.every(({ due }) => due === 0)
      ? t('nothingDue')
      : undefined
  return (
    <>
      <PageHeader title={t('retentionTitle')}>
        <MayButton
          type="primary"
          capability="retention.request"
          hindrance={hindrance}
          loading={request.isPending}
          onClick={() =>
            modal.confirm({
              title: t('requestRun'),
              content: t('requestText'),
              okText: t('requestRun'),
              cancelText: common('cancel'),
              onOk: () => report && request.mutate(report.digest),
            })
          }
        >
          {t('requestRun')}
        </MayButton>
      </PageHeader>
      <p className="record-note">{t('retentionNote')}</p>
      {request.isError && <ErrorState error={request.error} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={8} height={28} />}
      {report && <Rules rules={report.rules} />}
      {report && report.runs.length > 0 && (
        <section aria-labelledby="retention-runs">
          <h2 id="retention-runs">{t('runs')}</h2>
          <Runs runs={report.runs} rules={report.rules} onDone={refresh} />
        </section>
      )}
    </>
  )
}

function Rules({ rules }: { rules: RetentionRule[] }) {
  const { t } = useTranslation('rights')
  const text = useText()
  return (
    <div className="panel record-panel">
      <TableExport title={t('retentionTitle')} of="retention-rules" />
      <table id="retention-rules" className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('rule')}</th>
            <th scope="col">{t('kept')}</th>
            <th scope="col" className="number">
              {t('dueNow')}
            </th>
            <th scope="col">{t('source')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.key}>
              <th scope="row">
                {text(rule.title)}
                <span className="sub">{text(rule.why)}</span>
              </th>
              <td data-label={t('kept')} className="nowrap">
                {rule.months === null ? t('forGood') : t('months', { count: rule.months })}
                <span className="sub">{t(`action.${rule.action}`)}</span>
              </td>
              <td className="number" data-label={t('dueNow')}>
                {rule.action === 'keep' ? '–' : formatCount(rule.due)}
                {rule.oldest && <span className="sub">{t('oldest', { day: beijingDay(rule.oldest) })}</span>}
              </td>
              <td>
                {text(rule.source.document)}
                <span className="sub">
                  {rule.source.article} {rule.source.status !== 'verified' && `（${t('unverified')}）`}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RunsProps {
  runs: RetentionRun[]
  rules: RetentionRule[]
  onDone(): void
}

function Runs({ runs, rules, onDone }: RunsProps) {
  const { t } = useTranslation('rights')
  const text = useText()
  const decide = useMutation({
    mutationFn: (decision: { id: string; approve: boolean }) => api.retention.decide(decision),
    onSettled: onDone,
  })
  const titleOf = (key: string) => {
    const rule = rules.find((one) => one.key === key)
    return rule ? text(rule.title) : key
  }
  return (
    <div className="panel record-panel">
      <TableExport title={t('retentionTitle')} of="retention-runs" />
      <table id="retention-runs" className="record-list">
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">
                <Tag>{t(`runState.${run.state}`)}</Tag>
                <span className="sub">
                  {t('requestedBy', { by: run.requestedBy, at: formatInstant(run.requestedAt) })}
                </span>
                {run.decidedBy && run.decidedAt && (
                  <span className="sub">
                    {t('decidedBy', { by: run.decidedBy, at: formatInstant(run.decidedAt) })}
                  </span>
                )}
              </th>
              <td>
                {Object.entries(run.counts)
                  .filter(([, { due }]) => due > 0)
                  .map(([key, count]) => (
                    <div key={key}>
                      {titleOf(key)} {t('taken', count)}
                    </div>
                  ))}
              </td>
              <td>
                {run.mayDecide && (
                  <div className="record-actions">
                    <Button
                      size="small"
                      type="primary"
                      onClick={() => decide.mutate({ id: run.id, approve: true })}
                    >
                      {t('approve')}
                    </Button>
                    <Button size="small" onClick={() => decide.mutate({ id: run.id, approve: false })}>
                      {t('decline')}
                    </Button>
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {decide.isError && <ErrorState error={decide.error} />}
    </div>
  )
}
