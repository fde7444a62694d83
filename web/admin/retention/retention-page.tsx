import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { beijingDay } from '#contract/days.ts'
import type { RetentionRule, RetentionRun } from '#contract/protection/retention.ts'
import { api } from '#web/api/client.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { useWholeList } from '#web/ui/list/use-paged-list.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'

/** What is kept how long, what is due today, and the runs that two people agreed on. */
export function RetentionPage() {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const { modal } = App.useApp()
  const queries = useQueryClient()
  const list = useWholeList(
    {
      queryKey: ['retention'],
      queryFn: () => api.retention.get(undefined, { context: { background: true } }),
      refetchInterval: (state) =>
        state.state.data?.runs.some((run) => run.state === 'running') ? 2000 : false,
    },
    ({ rules }) => rules,
  )
  const refresh = () => queries.invalidateQueries({ queryKey: ['retention'] })
  const request = useMutation({
    mutationFn: (digest: string) => api.retention.request({ digest }),
    onSettled: refresh,
  })
  const report = list.query.data
  const hindrance = !report
    ? common('loading')
    : report.rules.every(({ due }) => due === 0)
      ? t('nothingDue')
      : undefined
  return (
    <>
      <ListFrame
        title={t('retentionTitle')}
        note={null}
        actions={
          <>
            <TableExport title={t('retentionTitle')} of="retention-rules" />
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
          </>
        }
        intro={t('retentionNote')}
        above={<Failed of={request} />}
        list={list}
        empty={{ title: t('retentionTitle') }}
        id="retention-rules"
        columns={useRuleColumns()}
        keyOf={({ key }) => key}
      />
      {report && report.runs.length > 0 && (
        <section aria-labelledby="retention-runs">
          <h2 id="retention-runs">{t('runs')}</h2>
          <Runs runs={report.runs} rules={report.rules} onDone={refresh} />
        </section>
      )}
    </>
  )
}

function useRuleColumns(): Column<RetentionRule>[] {
  const { t } = useTranslation('rights')
  const text = useText()
  return [
    {
      key: 'rule',
      head: t('rule'),
      isRowHead: true,
      cell: ({ title, why }) => (
        <>
          {text(title)}
          <span className="sub">{text(why)}</span>
        </>
      ),
    },
    {
      key: 'kept',
      head: t('kept'),
      label: t('kept'),
      className: 'nowrap',
      cell: ({ months, action }) => (
        <>
          {months === null ? t('forGood') : t('months', { count: months })}
          <span className="sub">{t(`action.${action}`)}</span>
        </>
      ),
    },
    {
      key: 'due',
      head: t('dueNow'),
      label: t('dueNow'),
      className: 'number',
      cell: ({ action, due, oldest }) => (
        <>
          {action === 'keep' ? '–' : formatCount(due)}
          {oldest && <span className="sub">{t('oldest', { day: beijingDay(oldest) })}</span>}
        </>
      ),
    },
    {
      key: 'source',
      head: t('source'),
      cell: ({ source }) => (
        <>
          {text(source.document)}
          <span className="sub">
            {source.article} {source.status !== 'verified' && `（${t('unverified')}）`}
          </span>
        </>
      ),
    },
  ]
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
  const columns: Column<RetentionRun>[] = [
    {
      key: 'state',
      isRowHead: true,
      cell: ({ state, requestedBy, requestedAt, decidedBy, decidedAt }) => (
        <>
          <Tag>{t(`runState.${state}`)}</Tag>
          <span className="sub">{t('requestedBy', { by: requestedBy, at: formatInstant(requestedAt) })}</span>
          {decidedBy && decidedAt && (
            <span className="sub">{t('decidedBy', { by: decidedBy, at: formatInstant(decidedAt) })}</span>
          )}
        </>
      ),
    },
    {
      key: 'counts',
      cell: ({ counts }) =>
        Object.entries(counts)
          .filter(([, { due }]) => due > 0)
          .map(([key, count]) => (
            <div key={key}>
              {titleOf(key)} {t('taken', count)}
            </div>
          )),
    },
    {
      key: 'decide',
      cell: ({ id, mayDecide }) =>
        mayDecide && (
          <div className="record-actions">
            <Button size="small" type="primary" onClick={() => decide.mutate({ id, approve: true })}>
              {t('approve')}
            </Button>
            <Button size="small" onClick={() => decide.mutate({ id, approve: false })}>
              {t('decline')}
            </Button>
          </div>
        ),
    },
  ]
  return (
    <div className="panel record-panel">
      <TableExport title={t('retentionTitle')} of="retention-runs-table" />
      <ListTable id="retention-runs-table" rows={runs} columns={columns} keyOf={({ id }) => id} />
      <Failed of={decide} />
    </div>
  )
}
