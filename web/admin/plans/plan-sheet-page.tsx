import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Measure, Plan } from '#contract/work/plans.ts'
import { useMe } from '#web/api/session.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount, formatYuan } from '#web/ui/words/format.ts'
import { usePlan, useTypeName } from './use-plan.ts'
import '#web/ui/list/records.css'
import './plan-sheet.css'

const route = getRouteApi('/layout/plans/$ref')

/** The plan as a sheet for the folder of the household and the wall of the office. */
export function PlanSheetPage() {
  const { t } = useTranslation('plans')
  const { ref } = route.useParams()
  const query = usePlan(ref)
  if (query.isError) return <ErrorState asPage error={query.error} onRetry={() => query.refetch()} />
  if (query.isPending) return <SkeletonRows rows={10} height={28} />
  const { plan } = query.data
  return (
    <div className="plan-sheet-page">
      <PageHeader
        title={t('planTitle')}
        path={
          <Link to="/households/$ref" params={{ ref }} search={{}} hash="plan">
            {t('sheet.back')}
          </Link>
        }
      >
        <Button type="primary" disabled={plan === null} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </PageHeader>
      {plan ? <Sheet plan={plan} /> : <EmptyState title={t('sheet.none')}>{t('sheet.noneText')}</EmptyState>}
    </div>
  )
}

function Sheet({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans')
  const common = useTranslation().t
  const today = useMe().asOf
  const { household } = plan
  const separator = common('may.separator')
  const facts = [
    [t('sheet.head'), household.headName],
    [t('sheet.number'), household.householdNo],
    [t('sheet.place'), `${household.county.name}${household.township.name}${household.village.name}`],
    [t('sheet.members'), common('people', { count: household.memberCount })],
    [t('sheet.category'), common(`category.${household.category as 'unstable'}`)],
    [
      t('sheet.causes'),
      plan.causes.map((cause) => common(`cause.${cause}`)).join(separator) || t('noCauses'),
    ],
    [t('sheet.opened'), plan.openedOn],
    [t('sheet.firstDue'), plan.firstMeasureDueOn],
  ]
  const counted = plan.measures.filter(({ state }) => state !== 'cancelled')
  const money = counted.reduce((sum, { moneyFen }) => sum + (moneyFen ?? 0), 0)
  return (
    <article className="panel plan-sheet">
      <h2>{t('sheet.title')}</h2>
      <p className="subtitle">{t('sheet.subtitle')}</p>
      <dl className="sheet-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('sheet.membersTitle')}</h3>
      <table className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('sheet.name')}</th>
            <th scope="col">{t('sheet.situation')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.members.map(({ ref, name, concerns }) => (
            <tr key={ref}>
              <th scope="row">{name}</th>
              <td>{concerns.map((one) => t(`concern.${one}`)).join(separator) || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t('sheet.measuresTitle')}</h3>
      {counted.length === 0 ? <p>{t('sheet.empty')}</p> : <Measures plan={plan} measures={counted} />}
      {money > 0 && <p>{t('sheet.total', { yuan: formatYuan(money) })}</p>}
      <div className="sheet-signs">
        <p>
          {t('sheet.signHousehold')}
          <span>{t('sheet.date')}</span>
        </p>
        <p>
          {t('sheet.signResponsible')}
          <span>{t('sheet.date')}</span>
        </p>
        <p>
          {t('sheet.seal', { place: household.village.name })}
          <span>{t('sheet.date')}</span>
        </p>
      </div>
      <p className="muted">{t('sheet.printedOn', { day: today })}</p>
    </article>
  )
}

function Measures({ plan, measures }: { plan: Plan; measures: Measure[] }) {
  const { t } = useTranslation('plans')
  const typeName = useTypeName(plan)
  const income = (fen: number | null | undefined) =>
    typeof fen === 'number' ? formatCount(Math.round(fen / 100)) : '–'
  return (
    <table className="record-list">
      <thead>
        <tr>
          <th scope="col">{t('sheet.no')}</th>
          <th scope="col">{t('sheet.what')}</th>
          <th scope="col">{t('sheet.who')}</th>
          <th scope="col">{t('responsible')}</th>
          <th scope="col">{t('period')}</th>
          <th scope="col">{t('money')}</th>
          <th scope="col">{t('sheet.stateColumn')}</th>
          <th scope="col">{t('sheet.beforeAfter')}</th>
        </tr>
      </thead>
      <tbody>
        {measures.map((one, i) => (
          <tr key={one.id}>
            <td data-label={t('sheet.no')}>{i + 1}</td>
            <th scope="row">
              <strong>{typeName(one.type)}</strong>
              <span className="sheet-what">{one.title}</span>
            </th>
            <td className="nowrap">{one.person?.name ?? t('concern.household')}</td>
            <td data-label={t('responsible')}>{one.responsible}</td>
            <td data-label={t('period')}>
              <span className="nowrap">{one.endsOn ? one.startsOn : t('since', { day: one.startsOn })}</span>
              {one.endsOn && <span className="nowrap"> {t('until', { day: one.endsOn })}</span>}
            </td>
            <td className="number" data-label={t('money')}>
              {one.moneyFen === null ? '–' : formatYuan(one.moneyFen)}
            </td>
            <td>
              {t(`state.${one.state}`)}
              {one.evidence && <span className="sub">{one.evidence}</span>}
              {one.effect && <span className="sub">{one.effect}</span>}
            </td>
            <td data-label={t('sheet.beforeAfter')}>
              {one.before
                ? `${income(one.before.netIncomePerHeadFen)} → ${income(one.after?.netIncomePerHeadFen)}`
                : '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
