import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { Listed } from '#web/ui/list/listed.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { ListExport } from '../../exports/index.ts'
import type { LadderSearch } from '../search.ts'
import { TaskList } from '../tasks/task-list.tsx'
import type { LadderData } from './ladder-data.ts'
import { useRungNames } from './ladder-table.tsx'

const size = 50
const focus = (heading: HTMLElement | null) => heading?.focus()

interface LadderListProps {
  data: LadderData
  search: LadderSearch
  onClose(): void
  onPage(page: number): void
}

/** The tasks behind one figure; its heading takes the focus, so that a keyboard goes on from there. */
export function LadderList({ data, search, onClose, onPage }: LadderListProps) {
  const { t } = useTranslation('workbench')
  const rungNames = useRungNames()
  const { of, kind, rung, overdue, paused, page = 1 } = search
  const figure = [of, rung, overdue, paused].join(' ')
  const query = useQuery({
    queryKey: ['ladder-tasks', of, kind, rung, overdue, paused, page],
    queryFn: () => api.workbench.tasks({ area: of, kind, rung, overdue, paused, page, size }),
    placeholderData: keepPreviousData,
  })
  const area = data.rows.find((row) => row.area.code === of)?.area.name ?? t('whole')
  const what =
    rung !== undefined
      ? (rungNames(data.rungs)[rung] ?? '')
      : overdue
        ? t('overdueAll')
        : paused
          ? t('pausedCount')
          : t('open')
  return (
    <section className="ladder-list" aria-labelledby="ladder-list">
      <div className="ladder-list-head">
        <h2 key={figure} id="ladder-list" ref={focus} tabIndex={-1}>
          {t('listTitle', { area, what })}
          {query.data && !query.isPlaceholderData && (
            <span className="muted"> {t('items', { count: formatCount(query.data.total) as never })}</span>
          )}
        </h2>
        <ListExport
          kind="area-tasks"
          filter={{ area: of, kind, rung, overdue, paused }}
          rows={query.data?.total}
        />
        <Button size="small" onClick={onClose}>
          {t('closeList')}
        </Button>
      </div>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={6} height={36} />}
      <Listed total={query.data?.total} isFresh={!query.isPlaceholderData}>
        {query.data?.total === 0 && <EmptyState title={t('ladderCalm')} />}
        {query.data && query.data.total > 0 && (
          <TaskList
            heading={3}
            tasks={query.data.tasks}
            today={query.data.on}
            total={query.data.total}
            page={page}
            size={size}
            onPage={onPage}
          />
        )}
      </Listed>
    </section>
  )
}
