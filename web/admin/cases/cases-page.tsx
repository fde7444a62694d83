import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { CaseKind, type CaseRow, CaseState, caseSteps } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { DueDay } from '#web/ui/list/due-day.tsx'
import { OneOf, SomeOf } from '#web/ui/list/filters/choose.tsx'
import { OnlyIf } from '#web/ui/list/filters/only-if.tsx'
import { useHouseholdColumns } from '#web/ui/list/household-columns.tsx'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import type { Column } from '#web/ui/list/list-table.tsx'
import { StepChip } from '#web/ui/list/step-chip.tsx'
import { usePagedList } from '#web/ui/list/use-paged-list.ts'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { useCauseNames } from '#web/ui/words/use-cause-names.ts'
import { ListExport } from '../exports/index.ts'
import type { CaseSearch } from './search.ts'
import './cases.css'

const route = getRouteApi('/layout/cases')

/** Cases by the step they stand at; a step is a filter. */
export function CasesPage() {
  const { t } = useTranslation('cases')
  const navigate = useNavigate()
  const search = route.useSearch()
  const list = usePagedList('cases', search, (query) => api.cases.list(query))
  const columns = useColumns()
  const change = (next: Partial<CaseSearch>) =>
    navigate({ to: '/cases', search: { ...search, page: undefined, ...next }, resetScroll: false })
  const counts = list.query.data?.steps
  const running = counts && Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <ListFrame
      title={t('title')}
      actions={
        <>
          <ListExport kind="cases" list={list} />
          <Link to="/cases/public-list" search={{}}>
            {t('toPublicList')} →
          </Link>
        </>
      }
      views={{ list: 'cases', search, onChoose: (view) => navigate({ to: '/cases', search: view }) }}
      above={
        <nav className="step-row" aria-label={t('stepsRow')}>
          <StepChip
            name={t('anyStep')}
            count={running}
            chosen={search.step === undefined}
            onChoose={() => change({ step: undefined })}
          />
          {caseSteps.slice(1).map((step) => (
            <StepChip
              key={step}
              name={t(`step.${step}`)}
              count={counts && (counts[step] ?? 0)}
              chosen={search.step?.includes(step) === true}
              onChoose={() => change({ step: [step], state: undefined })}
            />
          ))}
        </nav>
      }
      filters={
        <>
          <OneOf
            name={t('kindLabel')}
            value={search.kind}
            options={CaseKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(kind) => change({ kind })}
          />
          <SomeOf
            name={t('stateLabel')}
            value={search.state}
            options={CaseState.options.map((value) => ({ value, label: t(`state.${value}`) }))}
            onChange={(state) => change({ state, step: undefined })}
          />
          <AreaPicker value={search.area} whole={t('place')} onChange={(area) => change({ area })} />
          <OnlyIf
            name={t('overdueOnly')}
            value={search.overdue}
            onChange={(overdue) => change({ overdue })}
          />
        </>
      }
      list={list}
      empty={{ title: t('emptyTitle'), text: t('emptyText') }}
      columns={columns}
      keyOf={({ id }) => id}
      onPage={(page) => change({ page })}
    />
  )
}

function useColumns(): Column<CaseRow>[] {
  const { t } = useTranslation('cases')
  const causeNames = useCauseNames()
  const household = useHouseholdColumns<CaseRow>(
    (row) => row.household,
    (row) => (
      <Link to="/cases/$id" params={{ id: row.id }}>
        {row.household.headName}
      </Link>
    ),
  )
  return [
    ...household,
    { key: 'kind', head: t('kindLabel'), cell: (row) => t(`kind.${row.kind}`) },
    { key: 'cause', head: t('cause'), cell: (row) => causeNames(row.causes) },
    { key: 'step', head: t('stepNow'), cell: (row) => <StepNow row={row} /> },
    {
      key: 'due',
      head: t('due'),
      label: t('due'),
      className: 'nowrap',
      cell: (row) => <DueDay day={row.dueOn} overdue={row.overdue} />,
    },
    {
      key: 'total',
      head: t('totalDue'),
      label: t('totalDue'),
      className: 'nowrap',
      cell: (row) => row.totalDueOn,
    },
  ]
}

function StepNow({ row }: { row: CaseRow }) {
  const { t } = useTranslation('cases')
  return (
    <>
      {row.step ? (
        <>
          {t(`step.${row.step}`)} <span className="sub">{t(`stepBy.${row.step}`)}</span>
        </>
      ) : (
        <Tag className={`state-${row.state}`}>{t(`state.${row.state}`)}</Tag>
      )}{' '}
      {row.greenChannel && <Tag>{t('green')}</Tag>}
      {row.paused && <Tag>{t('paused')}</Tag>}
    </>
  )
}
