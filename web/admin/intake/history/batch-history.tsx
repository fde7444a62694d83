import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Batch, BatchState } from '#contract/feeds/feeds.ts'
import { Pager } from '#web/ui/list/pager.tsx'
import { EmptyState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { ListExport } from '../../exports/index.ts'
import { rejectShare } from '../outcome.ts'
import { ProblemBox, problemOf } from '../problem-box.tsx'
import { batchesQuery, feedsQuery, pageSize } from '../queries.ts'
import { StageDots } from '../stages/stage-dots.tsx'

/** What the filter offers: the states of a batch at work are one to the people. */
const stateChoices = {
  running: ['received', 'checked', 'matched'],
  held: ['held'],
  merged: ['merged'],
  unchanged: ['unchanged'],
  refused: ['refused'],
  failed: ['failed'],
} as const satisfies Record<string, readonly BatchState[]>
type StateChoice = keyof typeof stateChoices
const choices = Object.keys(stateChoices) as StateChoice[]

export function BatchHistory() {
  const { t } = useTranslation('intake')
  const text = useText()
  const search = useSearch({ from: '/layout/intake' })
  const navigate = useNavigate({ from: '/intake' })
  const { data: feeds = [] } = useQuery(feedsQuery)
  const { data, error, refetch } = useQuery(batchesQuery(search))
  const chosen = choices.find((choice) => stateChoices[choice].some((state) => search.state?.includes(state)))
  const filtered = search.feed !== undefined || chosen !== undefined
  const label = (choice: StateChoice) => (choice === 'running' ? t('history.running') : t(`state.${choice}`))

  return (
    <section className="panel history" aria-labelledby="history-title">
      <div className="history-head">
        <h2 id="history-title">{t('history.title')}</h2>
        {data && data.total > 0 && (
          <span className="muted">{t('history.count', { n: formatCount(data.total) })}</span>
        )}
        <ListExport kind="batches" filter={{ feed: search.feed, state: search.state }} rows={data?.total} />
        <div className="filters">
          <Select
            aria-label={t('history.feed')}
            className="filter"
            allowClear
            placeholder={t('history.allFeeds')}
            value={search.feed}
            options={feeds.map(({ code, name }) => ({ value: code, label: text(name) }))}
            onChange={(feed?: string) => navigate({ search: { ...search, feed, page: undefined } })}
          />
          <Select
            aria-label={t('history.state')}
            className="filter"
            allowClear
            placeholder={t('history.allStates')}
            value={chosen}
            options={choices.map((choice) => ({ value: choice, label: label(choice) }))}
            onChange={(choice?: StateChoice) =>
              navigate({
                search: { ...search, state: choice ? [...stateChoices[choice]] : undefined, page: undefined },
              })
            }
          />
        </div>
      </div>
      {error && (
        <ProblemBox title={t('problem.loadTitle')} problem={problemOf(error)} onRetry={() => refetch()} />
      )}
      {!data && !error && <SkeletonRows rows={8} />}
      {data?.total === 0 && (
        <EmptyState title={filtered ? t('history.emptyFiltered') : t('history.empty')}>
          {filtered && <Button onClick={() => navigate({ search: {} })}>{t('history.clearFilter')}</Button>}
        </EmptyState>
      )}
      {data && data.rows.length > 0 && <HistoryTable rows={data.rows} />}
      <Pager
        page={search.page ?? 1}
        total={data?.total ?? 0}
        size={pageSize}
        onPage={(page) => navigate({ search: { ...search, page: page === 1 ? undefined : page } })}
      />
    </section>
  )
}

function HistoryTable({ rows }: { rows: readonly Batch[] }) {
  const { t } = useTranslation('intake')
  return (
    <table className="history-table">
      <thead>
        <tr>
          <th scope="col">{t('history.file')}</th>
          <th scope="col">{t('history.stages')}</th>
          <th scope="col" className="number">
            {t('history.rows')}
          </th>
          <th scope="col" className="number">
            {t('history.rejects')}
          </th>
          <th scope="col" className="number">
            {t('history.clues')}
          </th>
          <th scope="col">{t('history.received')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((batch) => (
          <HistoryRow key={batch.ref} batch={batch} />
        ))}
      </tbody>
    </table>
  )
}

function HistoryRow({ batch }: { batch: Batch }) {
  const { t, i18n } = useTranslation('intake')
  const text = useText()
  const { counts, progress } = batch
  const share = rejectShare(batch)
  const rows = counts.total ?? progress?.rows
  const figure = (value: number | undefined) => (value === undefined ? '–' : formatCount(value))
  return (
    <tr>
      <th scope="row" className="batch-name">
        <Link to="/intake/$ref" params={{ ref: batch.ref }}>
          {text(batch.feedName)}
        </Link>
        <span className="muted">
          {i18n.t(`department.${batch.department as 'YB'}`)} · {batch.area.name}
        </span>
        <span className="muted file-name">{batch.fileName}</span>
      </th>
      <td data-label={t('history.stages')}>
        <StageDots batch={batch} />
        <span className={`batch-state ${batch.state}`}>{t(`state.${batch.state}`)}</span>
      </td>
      <td data-label={t('history.rows')} className="number">
        {figure(rows)}
      </td>
      <td data-label={t('history.rejects')} className="number">
        {figure(counts.rejected)}
        {share !== undefined && share > 0 && (
          <span className="muted share">{`${(share * 100).toFixed(1)}%`}</span>
        )}
        {batch.waitingRefunds.count > 0 && (
          <span className="muted share">
            {t('history.waitingRefunds', { n: formatCount(batch.waitingRefunds.count) })}
          </span>
        )}
      </td>
      <td data-label={t('history.clues')} className="number">
        {figure(counts.newClues)}
      </td>
      <td data-label={t('history.received')} className="received">
        {formatInstant(batch.receivedAt)}
        {batch.receivedBy && <span className="muted">{batch.receivedBy}</span>}
      </td>
    </tr>
  )
}
