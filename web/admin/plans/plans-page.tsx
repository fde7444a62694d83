import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { type PlanRow, planChecks } from '#contract/work/plans.ts'
import { api } from '#web/api/client.ts'
import { DueDay } from '#web/ui/list/due-day.tsx'
import { useHouseholdColumns } from '#web/ui/list/household-columns.tsx'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import type { Column } from '#web/ui/list/list-table.tsx'
import { StepChip } from '#web/ui/list/step-chip.tsx'
import { usePagedList } from '#web/ui/list/use-paged-list.ts'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { useCauseNames } from '#web/ui/words/use-cause-names.ts'
import { ListExport } from '../exports/index.ts'
import type { PlanSearch } from './search.ts'
import './plans.css'

const route = getRouteApi('/layout/plans')

/** Every open plan with what it lacks; what is lacking is a filter. */
export function PlansPage() {
  const { t } = useTranslation('plans')
  const navigate = useNavigate()
  const search = route.useSearch()
  const list = usePagedList('plans', search, (query) => api.plans.list(query))
  const columns = useColumns()
  const change = (next: Partial<PlanSearch>) =>
    navigate({ to: '/plans', search: { ...search, page: undefined, ...next }, resetScroll: false })
  const { all, lacking, lacks } = list.query.data ?? {}
  const only = { lack: undefined, lacking: undefined }
  return (
    <ListFrame
      title={t('title')}
      note={all === undefined ? null : t('note', { count: formatCount(all) as never })}
      actions={<ListExport kind="plans" list={list} />}
      views={{ list: 'plans', search, onChoose: (view) => navigate({ to: '/plans', search: view }) }}
      above={
        <nav className="step-row" aria-label={t('chips')}>
          <StepChip
            name={t('all')}
            count={all}
            chosen={!search.lack && !search.lacking}
            onChoose={() => change(only)}
          />
          <StepChip
            name={t('lacking')}
            count={lacking}
            chosen={search.lacking === true}
            onChoose={() => change({ ...only, lacking: true })}
          />
          {planChecks.map((lack) => (
            <StepChip
              key={lack}
              name={t(`lack.${lack}`)}
              count={lacks && (lacks[lack] ?? 0)}
              chosen={search.lack === lack}
              onChoose={() => change({ ...only, lack })}
            />
          ))}
        </nav>
      }
      filters={<AreaPicker value={search.area} whole={t('place')} onChange={(area) => change({ area })} />}
      list={list}
      empty={{ title: t('emptyTitle'), text: t('emptyText') }}
      columns={columns}
      keyOf={({ plan }) => plan}
      onPage={(page) => change({ page })}
    />
  )
}

function useColumns(): Column<PlanRow>[] {
  const { t } = useTranslation('plans')
  const causeNames = useCauseNames()
  const household = useHouseholdColumns<PlanRow>(
    (row) => row.household,
    ({ household: { ref, headName } }) => (
      <Link to="/households/$ref" params={{ ref }} search={{}} hash="plan">
        {headName}
      </Link>
    ),
  )
  return [
    ...household,
    {
      key: 'causes',
      head: t('causes'),
      cell: ({ causes, labourless }) => (
        <>
          {causeNames(causes) || <span className="muted">{t('noCauses')}</span>}
          {labourless && <span className="sub">{t('labourlessShort')}</span>}
        </>
      ),
    },
    {
      key: 'measures',
      head: t('measures'),
      label: t('measures'),
      cell: ({ measures, done }) => (
        <>
          {measures === 0 ? <span className="muted">{t('none')}</span> : t('count', { count: measures })}
          {done > 0 && <span className="sub">{t('countDone', { count: done })}</span>}
        </>
      ),
    },
    {
      key: 'due',
      head: t('firstDue'),
      label: t('firstDue'),
      className: 'nowrap',
      cell: (row) => <DueDay day={row.firstMeasureDueOn} overdue={row.overdue} />,
    },
    { key: 'lacks', head: t('lacks'), label: t('lacks'), cell: (row) => <Lacks row={row} /> },
  ]
}

function Lacks({ row: { lacks, due } }: { row: PlanRow }) {
  const { t } = useTranslation('plans')
  if (lacks.length === 0)
    return <span className="muted">{due > 0 ? t('stillDue', { count: due }) : t('complete')}</span>
  return (
    <span className="lack-tags">
      {lacks.map((lack) => (
        <Tag key={lack} className="lack-tag">
          {t(`lack.${lack}`)}
        </Tag>
      ))}
    </span>
  )
}
