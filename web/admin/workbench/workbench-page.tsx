import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { TaskGroup } from '#contract/work/workbench.ts'
import { api } from '#web/api/client.ts'
import { useMay, useMe } from '#web/api/session.ts'
import { KeySheet } from '#web/ui/keys/key-sheet.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { ListExport } from '../exports/index.ts'
import { useTaskFaces } from '../shell/use-task-faces.ts'
import { DueList, dueSumsQuery } from '../visits/index.ts'
import { reminderKey } from './due-badge.tsx'
import type { WorkbenchSearch } from './search.ts'
import { FirstThing } from './tasks/first-thing.tsx'
import { NextUp } from './tasks/next-up.tsx'
import { TaskList } from './tasks/task-list.tsx'
import { useWeekday } from './tasks/task-texts.ts'
import { WorkbenchTabs } from './workbench-tabs.tsx'

const route = getRouteApi('/layout/workbench')
const size = 50
type Bench = Awaited<ReturnType<typeof api.workbench.get>>

/** What is due, by whom and when; a figure is a filter, a row one thing to do. */
export function WorkbenchPage() {
  const { t } = useTranslation('workbench')
  const mayVisit = useMay('visit.report')
  const navigate = useNavigate()
  const weekday = useWeekday()
  const client = useQueryClient()
  const search = route.useSearch()
  const shown = useShownGroups()
  const { page = 1, group, kind } = search
  const filter = group === 'rhythm' ? { page: 1, size: 1 } : { group, kind, page, size }
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
        {data && chosen !== 'rhythm' && (
          <ListExport kind="workbench" filter={{ group: data.group, kind }} rows={data.total} />
        )}
        <WorkbenchTabs />
      </PageHeader>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={10} height={36} />}
      {data && (
        <>
          <FirstThing counts={data.counts} group={data.group} tasks={data.tasks} rhythm={rhythmOf(data)} />
          <Figures data={data} shown={shown} chosen={chosen} />
          {chosen === 'rhythm' ? (
            <Suspense fallback={<SkeletonRows rows={10} height={36} />}>
              <DueList
                {...{ area, grade: search.grade, when: search.when, page: search.page }}
                onChange={(next) =>
                  navigate({ to: '/workbench', search: { group: 'rhythm', ...next }, resetScroll: false })
                }
              />
            </Suspense>
          ) : (
            <>
              <Kinds data={data} search={search} onChange={change} />
              {data.total === 0 ? (
                <Nothing data={data} isChosen={search.group !== undefined} />
              ) : (
                <TaskList
                  tasks={data.tasks}
                  own={data.group !== 'waiting' && data.group !== 'escalated'}
                  today={data.on}
                  total={data.total}
                  page={page}
                  size={size}
                  onPage={(next) => navigate({ to: '/workbench', search: { ...search, page: next } })}
                  keys={keys}
                />
              )}
              {search.group === undefined && page === 1 && <NextUp after={data.group} counts={data.counts} />}
              <KeySheet
                keys={[
                  { keys: ['j', 'k'], text: t('keys.move') },
                  { keys: ['Enter'], text: t('keys.open') },
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

/** Visits the rhythm of the grades asks for, where one's role makes them. */
const rhythmOf = ({ unassigned }: Bench) => unassigned.visit ?? null

/** The most urgent group that holds anything; what nobody has yet comes after what somebody has. */
function firstOf(data: Bench | undefined): TaskGroup | 'rhythm' {
  const rhythm = data && rhythmOf(data)
  if (data?.total === 0 && rhythm && rhythm.overdue + rhythm.week > 0) return 'rhythm'
  return data?.group ?? 'today'
}

/** Nothing comes up to who stands at the bottom. */
function useShownGroups(): readonly TaskGroup[] {
  const { role } = useMe()
  const oversees = role === 'clerk' || role === 'checker' || role === 'leader' || role === 'township'
  return TaskGroup.options.filter((group) => oversees || group !== 'escalated')
}

interface FiguresProps {
  data: Bench
  shown: readonly TaskGroup[]
  /** As the address says, at once; the list follows. */
  chosen: TaskGroup | 'rhythm'
}

function Figures({ data, shown, chosen }: FiguresProps) {
  const { t } = useTranslation('workbench')
  const rhythm = rhythmOf(data)
  return (
    <nav className="bench-figures" aria-label={t('groups')}>
      {shown.map((group) => (
        <Link
          key={group}
          to="/workbench"
          search={{ group }}
          resetScroll={false}
          className={`bench-figure ${group}${data.counts[group] === 0 ? ' none' : ''}`}
          aria-current={chosen === group ? 'true' : undefined}
        >
          <span>{t(`group.${group}`)}</span>
          <strong>{formatCount(data.counts[group])}</strong>
        </Link>
      ))}
      {rhythm ? (
        <Link
          to="/workbench"
          search={{ group: 'rhythm' }}
          resetScroll={false}
          className={`bench-figure rhythm${rhythm.overdue + rhythm.week === 0 ? ' none' : ''}`}
          aria-current={chosen === 'rhythm' ? 'true' : undefined}
        >
          <RhythmFigure {...rhythm} />
        </Link>
      ) : (
        <CountyRhythm />
      )}
    </nav>
  )
}

function RhythmFigure({ overdue, week }: { overdue: number; week: number }) {
  const { t } = useTranslation('workbench')
  return (
    <>
      <span>{t('rhythm')}</span>
      <strong>{formatCount(overdue + week)}</strong>
      {overdue > 0 && <em>{t('rhythmLate', { count: formatCount(overdue) as never })}</em>}
    </>
  )
}

/** A county's is counted beside the bench, which does not wait for it; above it the list is looked at county by county. */
function CountyRhythm() {
  const { area } = useMe()
  const { data } = useQuery({ ...dueSumsQuery(area.code), enabled: area.level === 'county' })
  if (!data) return null
  const sum = (key: 'overdue' | 'week') => data.rows.reduce((total, row) => total + row[key], 0)
  return (
    <Link to="/visits/due" className="bench-figure rhythm">
      <RhythmFigure overdue={sum('overdue')} week={sum('week')} />
    </Link>
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
      {name} <span className="muted">{formatCount(count)}</span>
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
