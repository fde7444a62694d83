import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMay, useMe } from '#web/api/session.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { useTaskFaces } from '../../shell/use-task-faces.ts'
import type { LadderSearch } from '../search.ts'
import { WorkbenchTabs } from '../workbench-tabs.tsx'
import type { LadderData } from './ladder-data.ts'
import { LadderList } from './ladder-list.tsx'
import { LadderTable } from './ladder-table.tsx'
import { Persons } from './persons.tsx'

const route = getRouteApi('/layout/workbench/ladder')

/** Overdue work by area and by how long; every figure opens the list it counts, below. */
export function LadderPage() {
  const { t } = useTranslation('workbench')
  const me = useMe()
  const navigate = useNavigate()
  const search = route.useSearch()
  const mayList = useMay('clue.read')
  const hasBench = useMay('workbench.read')
  const { kind } = search
  const area = search.area ?? me.area.code
  const query = useQuery({
    queryKey: ['ladder', area, kind],
    queryFn: () => api.workbench.ladder({ area, kind }),
    placeholderData: keepPreviousData,
  })
  const { data } = query
  const close = { of: undefined, rung: undefined, overdue: undefined, paused: undefined, page: undefined }
  const change = (next: Partial<LadderSearch>) =>
    navigate({ to: '/workbench/ladder', search: { ...search, ...close, ...next }, resetScroll: false })
  const way = data?.path.filter(({ code }) => code >= me.area.code) ?? []
  return (
    <>
      <PageHeader title={t('ladderTitle')} path={way.length > 1 && <Path way={way} search={search} />}>
        <WorkbenchTabs />
      </PageHeader>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={10} height={36} />}
      {data && (
        <>
          <KindChips chosen={kind} onChoose={(next) => change({ kind: next })} />
          <section className="panel ladder-panel" aria-labelledby="ladder-finding">
            <div className="ladder-head">
              <h2 id="ladder-finding">
                <Finding data={data} />
              </h2>
              <p className="muted">
                {t('ladderNote', {
                  first: data.rungs[0] as never,
                  second: data.rungs[1] as never,
                  third: data.rungs[2] as never,
                })}
              </p>
            </div>
            {data.rows.some(({ open }) => open > 0) ? (
              <>
                <TableExport title={t('ladderTitle')} of="ladder-table" />
                <LadderTable data={data} search={search} linked={mayList} />
              </>
            ) : (
              <EmptyState title={t('ladderEmpty')}>{t('ladderEmptyText')}</EmptyState>
            )}
          </section>
          {search.of !== undefined && mayList && (
            <LadderList
              data={data}
              search={search}
              onClose={() => change({})}
              onPage={(page) =>
                navigate({ to: '/workbench/ladder', search: { ...search, page }, resetScroll: false })
              }
            />
          )}
          {hasBench && isNear(data) && <Persons area={area} />}
        </>
      )}
    </>
  )
}

/** Persons are known by name within a county; above it a list of them would say nothing. */
const isNear = ({ area: { level } }: LadderData) => level !== 'province' && level !== 'city'

function Path({ way, search }: { way: LadderData['path']; search: LadderSearch }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('place')} className="no-print">
      <ol className="crumbs">
        {way.map((division, i) => (
          <li key={division.code}>
            {i === way.length - 1 ? (
              <strong aria-current="page">{division.name}</strong>
            ) : (
              <Link to="/workbench/ladder" search={{ area: division.code, kind: search.kind }}>
                {division.name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** The chart's title says what it shows. */
function Finding({ data }: { data: LadderData }) {
  const { t } = useTranslation('workbench')
  const days = data.rungs[2] ?? 0
  const worst = data.rows.map(({ overdue }) => overdue[2] ?? 0)
  const most = worst.reduce((sum, n) => sum + n, 0)
  const all = data.rows.reduce((sum, { overdue }) => sum + overdue.reduce((a, b) => a + b, 0), 0)
  if (most > 0)
    return t('ladderFinding', {
      ...{ areas: worst.filter((n) => n > 0).length, days },
      count: formatCount(most) as never,
    })
  return all > 0 ? t('ladderFindingSome', { count: formatCount(all) as never, days }) : t('ladderCalm')
}

interface KindChipsProps {
  chosen: LadderSearch['kind']
  onChoose(kind: string[] | undefined): void
}

function KindChips({ chosen, onChoose }: KindChipsProps) {
  const { t } = useTranslation('workbench')
  const { kinds, nameOf } = useTaskFaces()
  return (
    <fieldset className="kind-chips no-print">
      <legend className="visually-hidden">{t('kinds')}</legend>
      <button type="button" className="kind-chip" aria-pressed={!chosen} onClick={() => onChoose(undefined)}>
        {t('anyKind')}
      </button>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="kind-chip"
          aria-pressed={chosen?.includes(kind) === true}
          onClick={() => onChoose([kind])}
        >
          {nameOf(kind)}
        </button>
      ))}
    </fieldset>
  )
}
