import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { BenchView } from '#contract/work/workbench.ts'
import { api } from '#web/api/client.ts'
import { useMay, useMe } from '#web/api/session.ts'
import { KeySheet } from '#web/ui/keys/key-sheet.tsx'
import { Listed } from '#web/ui/list/listed.tsx'
import type { SavedView } from '#web/ui/list/saved-views.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { ListExport } from '../exports/index.ts'
import { useTaskFaces } from '../shell/use-task-faces.ts'
import { DueList } from '../visits/index.ts'
import { reminderKey } from './due-badge.tsx'
import { type Bench, Figures, rhythmViews, type View } from './figures.tsx'
import type { WorkbenchSearch } from './search.ts'
import { FirstThing } from './tasks/first-thing.tsx'
import { TaskList } from './tasks/task-list.tsx'
import { useWeekday } from './tasks/task-texts.ts'
import { WorkbenchTabs } from './workbench-tabs.tsx'

// The menu of views weighs as much as a page.
const SavedViews = lazyPart(() => import('#web/ui/list/saved-views.tsx'), 'SavedViews')

const route = getRouteApi('/layout/workbench')
const size = 50
const isRhythm = (view: View | undefined): view is (typeof rhythmViews)[number] =>
  rhythmViews.some((one) => one === view)

/** What is due, by whom and when; a figure is a filter, a row one household with what is to be done there. */
export function WorkbenchPage() {
  const { t } = useTranslation('workbench')
  const mayVisit = useMay('visit.report')
  const navigate = useNavigate()
  const weekday = useWeekday()
  const client = useQueryClient()
  const search = route.useSearch()
  const shown = useShownViews()
  const { page = 1, group, kind } = search
  const filter = isRhythm(group) ? { page: 1, size: 1 } : { group, kind, page, size }
  const query = useQuery({
    queryKey: ['workbench', filter],
    queryFn: () => api.workbench.get(filter),
    placeholderData: keepPreviousData,
  })
  const { data, dataUpdatedAt } = query
  const area = useMe().area.code
  const chosen = group ?? firstOf(data)
  // The figure in the menu never says anything else than the page.
  useEffect(() => {
    if (dataUpdatedAt > 0) client.invalidateQueries({ queryKey: reminderKey })
  }, [client, dataUpdatedAt])
  const change = (next: WorkbenchSearch) =>
    navigate({ to: '/workbench', search: { ...search, page: undefined, ...next }, resetScroll: false })
  // Digits choose a group.
  const keys = shown.map((next, i) => ({
    key: String(i + 1),
    text: t(`group.${next}`),
    act: () => change({ group: next, kind: undefined }),
  }))
  return (
    <>
      <PageHeader title={t('title')} note={data && t('on', { day: data.on, weekday: weekday(data.on) })}>
        {mayVisit && (
          // Another application, with a start of its own.
          <a href="/field/">{t('toField')} →</a>
        )}
        {data && !isRhythm(chosen) && (
          <ListExport kind="workbench" filter={{ group: data.group, kind }} rows={data.total} />
        )}
        <Views search={search} onChoose={(view) => navigate({ to: '/workbench', search: view })} />
        <WorkbenchTabs />
      </PageHeader>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={10} height={36} />}
      {data && (
        <>
          <FirstThing
            counts={data.counts}
            tasks={data.group === 'mine' || data.group === 'overdue' ? data.tasks : []}
            rhythm={data.unassigned.visit ?? null}
          />
          <Figures data={data} shown={shown} chosen={chosen} />
          {isRhythm(chosen) ? (
            <Suspense fallback={<SkeletonRows rows={10} height={36} />}>
              <DueList
                key={chosen}
                {...{ area, grade: search.grade, page: search.page }}
                when={chosen === 'never' ? 'never' : search.when}
                onChange={({ when, ...next }) => {
                  const view =
                    when === 'never' ? { group: 'never' as const } : { group: 'rhythm' as const, when }
                  navigate({ to: '/workbench', search: { ...view, ...next }, resetScroll: false })
                }}
              />
            </Suspense>
          ) : (
            <>
              <Kinds data={data} search={search} onChange={change} />
              <Listed total={data.total} households={data.households} isFresh={!query.isPlaceholderData}>
                {data.total === 0 ? (
                  <Nothing data={data} isChosen={search.group !== undefined} />
                ) : (
                  <TaskList
                    tasks={data.tasks}
                    own={data.group !== 'waiting' && data.group !== 'escalated'}
                    today={data.on}
                    {...{ total: data.total, households: data.households, page, size, keys }}
                    onPage={(next) => navigate({ to: '/workbench', search: { ...search, page: next } })}
                  />
                )}
              </Listed>
              <KeySheet
                keys={[
                  { keys: ['j', 'k'], text: t('keys.move') },
                  { keys: ['Enter'], text: t('keys.open') },
                  { keys: ['d'], text: t('keys.act') },
                  { keys: ['1', String(shown.length)], text: t('keys.group') },
                ]}
              />
            </>
          )}
        </>
      )}
    </>
  )
}

/** The first view that holds anything; what nobody has yet comes after what somebody has. */
function firstOf(data: Bench | undefined): View {
  const visits = data?.unassigned.visit
  if (data?.total === 0 && visits && visits.overdue + visits.week > 0) return 'rhythm'
  return data?.group ?? 'mine'
}

/** Nothing comes up to who stands at the bottom. */
function useShownViews(): readonly BenchView[] {
  const { role } = useMe()
  const oversees = role === 'clerk' || role === 'checker' || role === 'leader' || role === 'township'
  return BenchView.options.filter((group) => oversees || group !== 'escalated')
}

interface ViewsProps {
  search: WorkbenchSearch
  onChoose(search: WorkbenchSearch): void
}

/** Filters one comes back to, each with how much there is. */
function Views({ search, onChoose }: ViewsProps) {
  const { t } = useTranslation('workbench')
  const built: SavedView<WorkbenchSearch>[] = [
    { name: t('group.mine'), search: { group: 'mine' } },
    { name: t('viewToday'), search: { group: 'today' } },
    { name: t('viewWaiting'), search: { group: 'waiting' } },
  ]
  return (
    <Suspense fallback={null}>
      <SavedViews
        list="workbench"
        {...{ search, built, onChoose }}
        countOf={async ({ group, kind, grade, when }: WorkbenchSearch) =>
          isRhythm(group)
            ? (await api.visits.due({ grade, when: group === 'never' ? 'never' : when, size: 1 })).total
            : (await api.workbench.get({ group, kind, size: 1 })).total
        }
      />
    </Suspense>
  )
}

interface KindsProps {
  data: Bench
  search: WorkbenchSearch
  onChange(next: WorkbenchSearch): void
}

function Kinds({ data, search, onChange }: KindsProps) {
  const { t } = useTranslation('workbench')
  const faces = useTaskFaces()
  const kinds = faces.kinds.filter((kind) => (data.kinds[kind] ?? 0) > 0)
  if (kinds.length < 2 && !search.kind) return null
  const chip = (name: string, count: number, kind: string[] | undefined) => (
    <button
      key={name}
      type="button"
      className="kind-chip"
      aria-pressed={search.kind?.[0] === kind?.[0]}
      onClick={() => onChange({ kind, group: data.group })}
    >
      {name}{' '}
      <span className="muted" data-figure="rows">
        {formatCount(count)}
      </span>
    </button>
  )
  return (
    <fieldset className="kind-chips no-print">
      <legend className="visually-hidden">{t('kinds')}</legend>
      {chip(t('anyKind'), data.counts[data.group], undefined)}
      {kinds.map((kind) => chip(faces.nameOf(kind), data.kinds[kind] ?? 0, [kind]))}
    </fieldset>
  )
}

function Nothing({ data, isChosen }: { data: Bench; isChosen: boolean }) {
  const { t } = useTranslation('workbench')
  const { group, counts } = data
  if (!isChosen) return <EmptyState title={t('emptyAll')}>{t('emptyAllText')}</EmptyState>
  return (
    <EmptyState title={t(`empty.${group}`)}>
      <p className="bench-empty">{t(`emptyText.${group}`)}</p>
      {group === 'today' && counts.soon > 0 && (
        <Link to="/workbench" search={{ group: 'soon' }}>
          {t('toSoon', { count: counts.soon })}
        </Link>
      )}
    </EmptyState>
  )
}
