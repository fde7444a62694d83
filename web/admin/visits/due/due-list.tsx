import { Segmented } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RhythmStanding } from '#contract/work/standing.ts'
import { api } from '#web/api/client.ts'
import { Listed } from '#web/ui/list/listed.tsx'
import { Pager } from '#web/ui/list/pager.tsx'
import { usePagedList } from '#web/ui/list/use-paged-list.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { DueBar, DueOutcome } from './due-bar.tsx'
import type { DueRow } from './due-data.ts'
import { DueTable } from './due-table.tsx'
import { usePlanDue } from './use-plan-due.ts'
import '#web/ui/list/records.css'
import './due.css'

// The fields of a day weigh as much as the page; most who come here need none.
const PlanVisitModal = lazyPart(() => import('../send/plan-visit-modal.tsx'), 'PlanVisitModal')

const grades = ['red', 'yellow', 'green'] as const
const whens = ['overdue', 'week', 'never'] as const satisfies readonly RhythmStanding[]

export interface DueFilter {
  grade?: (typeof grades)[number] | undefined
  when?: (typeof whens)[number] | undefined
  page?: number | undefined
}

interface DueListProps extends DueFilter {
  area: number
  onChange(next: DueFilter): void
}

/** Whom somebody should look in on this week, and nobody has been sent to: ticked, and planned with one click. */
export function DueList({ area, grade, when, page = 1, onChange }: DueListProps) {
  const { t } = useTranslation('visits')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [other, setOther] = useState<DueRow>()
  const { query, size } = usePagedList('due-visits', { area, grade, when, page }, (filter) =>
    api.visits.due(filter),
  )
  const plan = usePlanDue(() => setChosen(new Set()))
  const { data } = query
  const rows = data?.rows ?? []
  const ticked = rows.filter(({ household }) => chosen.has(household.ref))
  const tick = (refs: readonly string[], on: boolean) => {
    const next = new Set(chosen)
    for (const ref of refs) on ? next.add(ref) : next.delete(ref)
    setChosen(next)
  }
  return (
    <>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={10} height={28} />}
      {data && (
        <search className="record-filters">
          <Segmented
            value={when ?? 'all'}
            aria-label={t('dueVisits.by')}
            options={[
              {
                value: 'all',
                label: <Counted name={t('dueVisits.due')} count={data.when.overdue + data.when.week} />,
              },
              ...whens.map((value) => ({
                value,
                label: <Counted name={t(`dueVisits.when.${value}`)} count={data.when[value]} />,
              })),
            ]}
            onChange={(value) => onChange({ grade, when: whens.find((one) => one === value) })}
          />
          <Segmented
            value={grade ?? 'all'}
            aria-label={t('dueVisits.grade')}
            options={[
              { value: 'all', label: t('dueVisits.all') },
              ...grades.map((value) => ({
                value,
                label: <Counted name={t(`dueVisits.grades.${value}`)} count={data.counts[value]} />,
              })),
            ]}
            onChange={(value) => onChange({ when, grade: grades.find((one) => one === value) })}
          />
        </search>
      )}
      <DueOutcome plan={plan} />
      {data?.total === 0 && (
        <Listed total={0} isFresh={!query.isPlaceholderData}>
          <EmptyState title={t('dueVisits.emptyTitle')}>{t('dueVisits.emptyText')}</EmptyState>
        </Listed>
      )}
      {data && data.total > 0 && (
        <>
          <DueBar
            data={data}
            ticked={ticked}
            isPending={plan.isPending}
            onTick={(on) =>
              tick(
                rows.map(({ household }) => household.ref),
                on,
              )
            }
            onPlan={() => plan.mutate({ households: ticked.map(({ household }) => household.ref) })}
            onPlanAll={() => plan.mutate({ area, grade, when })}
          />
          <Listed total={data.total} isFresh={!query.isPlaceholderData}>
            <DueTable
              data={data}
              chosen={chosen}
              isPending={plan.isPending}
              onTick={(ref, on) => tick([ref], on)}
              onPlan={(ref) => plan.mutate({ households: [ref] })}
              onOther={setOther}
            />
          </Listed>
        </>
      )}
      <Pager
        page={page}
        total={data?.total ?? 0}
        size={size}
        onPage={(next) => onChange({ grade, when, page: next })}
      />
      {other && (
        <Suspense>
          <PlanVisitModal
            household={other.household}
            purpose={other.purpose}
            onClose={() => setOther(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}

function Counted({ name, count }: { name: string; count: number }) {
  return (
    <>
      {name} <span data-figure="rows">{formatCount(count)}</span>
    </>
  )
}
