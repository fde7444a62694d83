import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Measure, Plan } from '#contract/work/plans.ts'
import { useMe } from '#web/api/session.ts'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount, formatYuan } from '#web/ui/words/format.ts'
import { usePlan, useTypeName } from './use-plan.ts'
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
      <ListTable
        rows={plan.members}
        columns={[
          { key: 'name', head: t('sheet.name'), isRowHead: true, cell: ({ name }) => name },
          {
            key: 'situation',
            head: t('sheet.situation'),
            cell: ({ concerns }) => concerns.map((one) => t(`concern.${one}`)).join(separator) || '–',
          },
        ]}
        keyOf={({ ref }) => ref}
      />
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
  const columns: Column<Measure & { no: number }>[] = [
    { key: 'no', head: t('sheet.no'), label: t('sheet.no'), cell: ({ no }) => no },
    {
      key: 'what',
      head: t('sheet.what'),
      isRowHead: true,
      cell: ({ type, title }) => (
        <>
          <strong>{typeName(type)}</strong>
          <span className="sheet-what">{title}</span>
        </>
      ),
    },
    {
      key: 'who',
      head: t('sheet.who'),
      className: 'nowrap',
      cell: ({ person }) => person?.name ?? t('concern.household'),
    },
    {
      key: 'responsible',
      head: t('responsible'),
      label: t('responsible'),
      cell: ({ responsible }) => responsible,
    },
    {
      key: 'period',
      head: t('period'),
      label: t('period'),
      cell: ({ startsOn, endsOn }) => (
        <>
          <span className="nowrap">{endsOn ? startsOn : t('since', { day: startsOn })}</span>
          {endsOn && <span className="nowrap"> {t('until', { day: endsOn })}</span>}
        </>
      ),
    },
    {
      key: 'money',
      head: t('money'),
      label: t('money'),
      className: () => 'number',
      cell: ({ moneyFen }) => (moneyFen === null ? '–' : formatYuan(moneyFen)),
    },
    {
      key: 'state',
      head: t('sheet.stateColumn'),
      cell: ({ state, evidence, effect }) => (
        <>
          {t(`state.${state}`)}
          {evidence && <span className="sub">{evidence}</span>}
          {effect && <span className="sub">{effect}</span>}
        </>
      ),
    },
    {
      key: 'beforeAfter',
      head: t('sheet.beforeAfter'),
      label: t('sheet.beforeAfter'),
      cell: ({ before, after }) =>
        before ? `${income(before.netIncomePerHeadFen)} → ${income(after?.netIncomePerHeadFen)}` : '–',
    },
  ]
  const rows = measures.map((one, i) => ({ ...one, no: i + 1 }))
  return <ListTable rows={rows} columns={columns} keyOf={({ id }) => id} />
}
