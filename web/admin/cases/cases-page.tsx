import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Checkbox, Select, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { CaseKind, type CaseRow, CaseState, caseSteps } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { HouseholdCell, PlaceCell } from '#web/ui/list/household-cells.tsx'
import { PagedList } from '#web/ui/list/paged-list.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import type { CaseSearch } from './search.ts'
import './cases.css'
import { StepChip } from '#web/ui/list/step-chip.tsx'
import '#web/ui/list/records.css'

const route = getRouteApi('/layout/cases')
const size = 50

/** Cases by the step they stand at; a step is a filter. */
export function CasesPage() {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const navigate = useNavigate()
  const search = route.useSearch()
  const { page = 1, ...filter } = search
  const query = useQuery({
    queryKey: ['cases', filter, page],
    queryFn: () => api.cases.list({ ...filter, page, size }),
    placeholderData: keepPreviousData,
  })
  const change = (next: Partial<CaseSearch>) =>
    navigate({ to: '/cases', search: { ...search, page: undefined, ...next }, resetScroll: false })
  const total = query.data?.total ?? 0
  const counts = query.data?.steps
  const running = counts && Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <PageHeader
        title={t('title')}
        note={query.data ? common('total', { count: formatCount(total) as never }) : undefined}
        isNoteStale={query.isPlaceholderData}
      >
        <Link to="/cases/public-list" search={{}}>
          {t('toPublicList')} →
        </Link>
      </PageHeader>
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
      <search className="record-filters">
        <Select
          className="middle"
          allowClear
          value={search.kind}
          placeholder={t('kindLabel')}
          aria-label={t('kindLabel')}
          options={CaseKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(kind) => change({ kind })}
        />
        <Select
          mode="multiple"
          className="wide"
          allowClear
          value={search.state}
          placeholder={t('stateLabel')}
          aria-label={t('stateLabel')}
          options={CaseState.options.map((value) => ({ value, label: t(`state.${value}`) }))}
          onChange={(state) => change({ state: state.length > 0 ? state : undefined, step: undefined })}
        />
        <AreaPicker value={search.area} whole={t('place')} onChange={(area) => change({ area })} />
        <Checkbox
          checked={search.overdue === true}
          onChange={(event) => change({ overdue: event.target.checked || undefined })}
        >
          {t('overdueOnly')}
        </Checkbox>
      </search>
      <PagedList
        {...{ query, page, size }}
        emptyTitle={t('emptyTitle')}
        emptyText={t('emptyText')}
        onPage={(next) => change({ page: next })}
      >
        {({ rows }) => <CaseTable rows={rows} />}
      </PagedList>
    </>
  )
}

function CaseTable({ rows }: { rows: CaseRow[] }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  return (
    <div className="panel record-panel">
      <table className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('household')}</th>
            <th scope="col">{t('kindLabel')}</th>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('cause')}</th>
            <th scope="col">{t('stepNow')}</th>
            <th scope="col">{t('due')}</th>
            <th scope="col">{t('totalDue')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <HouseholdCell
                household={row.household}
                link={
                  <Link to="/cases/$id" params={{ id: row.id }}>
                    {row.household.headName}
                  </Link>
                }
              />
              <td>{t(`kind.${row.kind}`)}</td>
              <PlaceCell household={row.household} />
              <td>{row.causes.map((cause) => common(`cause.${cause}`)).join(common('may.separator'))}</td>
              <td>
                {row.step ? (
                  <>
                    {t(`step.${row.step}`)} <span className="sub">{t(`stepBy.${row.step}`)}</span>
                  </>
                ) : (
                  <Tag className={`state-${row.state}`}>{t(`state.${row.state}`)}</Tag>
                )}{' '}
                {row.greenChannel && <Tag>{t('green')}</Tag>}
                {row.paused && <Tag>{t('paused')}</Tag>}
              </td>
              <td className="nowrap" data-label={t('due')}>
                {row.dueOn ?? '–'}
                {row.overdue && <strong className="overdue">{t('overdue')}</strong>}
              </td>
              <td className="nowrap" data-label={t('totalDue')}>
                {row.totalDueOn}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
