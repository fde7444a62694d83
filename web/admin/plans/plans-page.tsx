import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { type PlanRow, planChecks } from '#contract/work/plans.ts'
import { api } from '#web/api/client.ts'
import { HouseholdCell, PlaceCell } from '#web/ui/list/household-cells.tsx'
import { PagedList } from '#web/ui/list/paged-list.tsx'
import { StepChip } from '#web/ui/list/step-chip.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import type { PlanSearch } from './search.ts'
import '#web/ui/list/records.css'
import './plans.css'

const route = getRouteApi('/layout/plans')
const size = 50

/** Every open plan with what it lacks; what is lacking is a filter. */
export function PlansPage() {
  const { t } = useTranslation('plans')
  const navigate = useNavigate()
  const search = route.useSearch()
  const { page = 1, ...filter } = search
  const query = useQuery({
    queryKey: ['plans', filter, page],
    queryFn: () => api.plans.list({ ...filter, page, size }),
    placeholderData: keepPreviousData,
  })
  const change = (next: Partial<PlanSearch>) =>
    navigate({ to: '/plans', search: { ...search, page: undefined, ...next }, resetScroll: false })
  const { all, lacking, lacks } = query.data ?? {}
  const only = { lack: undefined, lacking: undefined }
  return (
    <>
      <PageHeader
        title={t('title')}
        note={all === undefined ? undefined : t('note', { count: formatCount(all) as never })}
        isNoteStale={query.isPlaceholderData}
      />
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
      <search className="record-filters">
        <AreaPicker value={search.area} whole={t('place')} onChange={(area) => change({ area })} />
      </search>
      <PagedList
        {...{ query, page, size }}
        emptyTitle={t('emptyTitle')}
        emptyText={t('emptyText')}
        onPage={(next) => change({ page: next })}
      >
        {({ rows }) => <PlanTable rows={rows} />}
      </PagedList>
    </>
  )
}

function PlanTable({ rows }: { rows: PlanRow[] }) {
  const { t } = useTranslation('plans')
  const common = useTranslation().t
  return (
    <div className="panel record-panel">
      <table className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('household')}</th>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('causes')}</th>
            <th scope="col">{t('measures')}</th>
            <th scope="col">{t('firstDue')}</th>
            <th scope="col">{t('lacks')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.plan}>
              <HouseholdCell
                household={row.household}
                link={
                  <Link to="/households/$ref" params={{ ref: row.household.ref }} search={{}} hash="plan">
                    {row.household.headName}
                  </Link>
                }
              />
              <PlaceCell household={row.household} />
              <td>
                {row.causes.length > 0 ? (
                  row.causes.map((cause) => common(`cause.${cause}`)).join(common('may.separator'))
                ) : (
                  <span className="muted">{t('noCauses')}</span>
                )}
                {row.labourless && <span className="sub">{t('labourlessShort')}</span>}
              </td>
              <td data-label={t('measures')}>
                {row.measures === 0 ? (
                  <span className="muted">{t('none')}</span>
                ) : (
                  t('count', { count: row.measures })
                )}
                {row.done > 0 && <span className="sub">{t('countDone', { count: row.done })}</span>}
              </td>
              <td className="nowrap" data-label={t('firstDue')}>
                {row.firstMeasureDueOn}
                {row.overdue && <strong className="overdue">{t('overdue')}</strong>}
              </td>
              <td data-label={t('lacks')}>
                {row.lacks.length === 0 ? (
                  <span className="muted">
                    {row.due > 0 ? t('stillDue', { count: row.due }) : t('complete')}
                  </span>
                ) : (
                  <span className="lack-tags">
                    {row.lacks.map((lack) => (
                      <Tag key={lack} className="lack-tag">
                        {t(`lack.${lack}`)}
                      </Tag>
                    ))}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
