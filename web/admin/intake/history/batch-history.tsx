import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Batch, BatchState } from '#contract/feeds/feeds.ts'
import { ListRows } from '#web/ui/list/list-rows.tsx'
import type { Column } from '#web/ui/list/list-table.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { ListExport } from '../../exports/index.ts'
import { rejectShare } from '../outcome.ts'
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
  const query = useQuery(batchesQuery(search))
  const { data } = query
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
      <ListRows
        list={{ query, filter: undefined, page: search.page ?? 1, size: pageSize }}
        empty={{
          title: filtered ? t('history.emptyFiltered') : t('history.empty'),
          text: filtered && (
            <Button onClick={() => navigate({ search: {} })}>{t('history.clearFilter')}</Button>
          ),
        }}
        columns={useColumns()}
        keyOf={({ ref }) => ref}
        className="history-table"
        isBare
        onPage={(page) => navigate({ search: { ...search, page: page === 1 ? undefined : page } })}
      />
    </section>
  )
}

function useColumns(): Column<Batch>[] {
  const { t, i18n } = useTranslation('intake')
  const text = useText()
  const labelled = (key: 'stages' | 'rows' | 'rejects' | 'clues' | 'received') => ({
    key,
    head: t(`history.${key}`),
    label: t(`history.${key}`),
  })
  const figure = (value: number | undefined) => (value === undefined ? '–' : formatCount(value))
  return [
    {
      key: 'file',
      head: t('history.file'),
      className: 'batch-name',
      isRowHead: true,
      cell: ({ ref, feedName, department, area, fileName }) => (
        <>
          <Link to="/intake/$ref" params={{ ref }}>
            {text(feedName)}
          </Link>
          <span className="muted">
            {i18n.t(`department.${department as 'YB'}`)} · {area.name}
          </span>
          <span className="muted file-name">{fileName}</span>
        </>
      ),
    },
    {
      ...labelled('stages'),
      cell: (batch) => (
        <>
          <StageDots batch={batch} />
          <span className={`batch-state ${batch.state}`}>{t(`state.${batch.state}`)}</span>
        </>
      ),
    },
    {
      ...labelled('rows'),
      className: 'number',
      cell: ({ counts, progress }) => figure(counts.total ?? progress?.rows),
    },
    { ...labelled('rejects'), className: 'number', cell: (batch) => <Rejected batch={batch} /> },
    { ...labelled('clues'), className: 'number', cell: ({ counts }) => figure(counts.newClues) },
    {
      ...labelled('received'),
      className: 'received',
      cell: ({ receivedAt, receivedBy }) => (
        <>
          {formatInstant(receivedAt)}
          {receivedBy && <span className="muted">{receivedBy}</span>}
        </>
      ),
    },
  ]
}

function Rejected({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const { counts, waitingRefunds } = batch
  const share = rejectShare(batch)
  return (
    <>
      {counts.rejected === undefined ? '–' : formatCount(counts.rejected)}
      {share !== undefined && share > 0 && (
        <span className="muted share">{`${(share * 100).toFixed(1)}%`}</span>
      )}
      {waitingRefunds.count > 0 && (
        <span className="muted share">
          {t('history.waitingRefunds', { n: formatCount(waitingRefunds.count) })}
        </span>
      )}
    </>
  )
}
