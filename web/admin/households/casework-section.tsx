import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { Household } from '#contract/registry/households.ts'
import { CaseState } from '#contract/work/cases.ts'
import { VisitState } from '#contract/work/visits.ts'
import { api } from '#web/api/client.ts'
import { useMay } from '#web/api/session.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { ResolveModal } from '../cases/index.ts'
import { ReportModal } from '../clues/index.ts'
import { PlanVisitModal } from '../visits/index.ts'
import '#web/ui/list/records.css'
import './casework-section.css'

type HouseholdView = z.infer<typeof Household>
type Doing = 'report' | 'visit' | 'resolve'

/** What was and is being done for a household: its categories over time, cases, visits, and what may be begun. */
export function CaseworkSection({ household }: { household: HouseholdView }) {
  const { t } = useTranslation('visits')
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  const mayCases = useMay('case.read')
  const { ref } = household
  const cases = useQuery({
    queryKey: ['cases', 'household', ref],
    queryFn: () => api.cases.list({ household: ref, state: [...CaseState.options], page: 1, size: 50 }),
    enabled: mayCases,
  })
  const running = cases.data?.rows.some(({ state }) => state === 'running') === true
  const isOpen = household.spells.some(({ to, risk }) => to === null && risk === 'open')
  return (
    <section className="panel casework" aria-labelledby="casework-title">
      <header>
        <h2 id="casework-title">{t('section')}</h2>
        <div className="record-actions no-print">
          <MayButton size="small" capability="clue.report" onClick={() => setDoing('report')}>
            {t('reportShort')}
          </MayButton>
          <MayButton size="small" capability="visit.assign" onClick={() => setDoing('visit')}>
            {t('planVisit')}
          </MayButton>
          {isOpen && (
            <MayButton
              size="small"
              capability="case.act"
              hindrance={running ? t('resolveRunning') : undefined}
              onClick={() => setDoing('resolve')}
            >
              {t('resolve')}
            </MayButton>
          )}
        </div>
      </header>
      <div className="casework-columns">
        <Spells spells={household.spells} />
        {mayCases && (
          <div>
            <h3>{t('casesTitle')}</h3>
            {cases.isPending && <SkeletonRows rows={2} />}
            {cases.isError && <ErrorState error={cases.error} onRetry={() => cases.refetch()} />}
            {cases.data && <Cases rows={cases.data.rows} />}
          </div>
        )}
        <Visits household={ref} />
      </div>
      <Suspense fallback={null}>
        {doing === 'report' && <ReportModal household={household} onClose={close} />}
        {doing === 'visit' && <PlanVisitModal household={household} onClose={close} />}
        {doing === 'resolve' && <ResolveModal household={household} onClose={close} />}
      </Suspense>
    </section>
  )
}

/** Newest first, one line each: which category, with or without risk, since when and why. */
function Spells({ spells }: { spells: HouseholdView['spells'] }) {
  const { t } = useTranslation('visits')
  const common = useTranslation().t
  return (
    <div>
      <h3>{t('spellsTitle')}</h3>
      {spells.length === 0 && <p className="muted">{t('spellsNone')}</p>}
      <ol className="casework-list">
        {spells.toReversed().map((spell) => (
          <li key={`${spell.from}-${spell.category}-${spell.risk}`} className={spell.to ? '' : 'now'}>
            <strong>{common(`category.${spell.category}`)}</strong>{' '}
            {spell.risk !== 'none' && <Tag className={`risk-${spell.risk}`}>{t(`risk.${spell.risk}`)}</Tag>}
            <span className="sub">
              {spell.from} – {spell.to ?? t('until')} · {t(`because.${spell.openedBecause as 'registry'}`)}
              {spell.causes.length > 0 &&
                ` · ${spell.causes.map((cause) => common(`cause.${cause}`)).join(common('may.separator'))}`}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

type CaseRows = Awaited<ReturnType<typeof api.cases.list>>['rows']

function Cases({ rows }: { rows: CaseRows }) {
  const { t } = useTranslation('visits')
  const cases = useTranslation('cases').t
  if (rows.length === 0) return <p className="muted">{t('casesNone')}</p>
  return (
    <ol className="casework-list">
      {rows
        .toSorted((a, b) => b.openedOn.localeCompare(a.openedOn))
        .map((row) => (
          <li key={row.id} className={row.state === 'running' ? 'now' : ''}>
            <Link to="/cases/$id" params={{ id: row.id }}>
              {cases(`kind.${row.kind}`)}
            </Link>{' '}
            <Tag>{cases(`state.${row.state}`)}</Tag>
            <span className="sub">
              {row.openedOn}
              {row.step && ` · ${cases('stepNow')} ${cases(`step.${row.step}`)}`}
              {row.dueOn && ` · ${cases('due')} ${row.dueOn}`}
              {row.overdue && <b className="overdue"> {cases('overdue')}</b>}
            </span>
          </li>
        ))}
    </ol>
  )
}

function Visits({ household }: { household: string }) {
  const { t } = useTranslation('visits')
  const may = useMay('visit.read')
  const query = useQuery({
    queryKey: ['visits', 'household', household],
    queryFn: () => api.visits.list({ household, state: [...VisitState.options], page: 1, size: 50 }),
    enabled: may,
  })
  if (!may) return null
  const rows = query.data?.rows.toReversed() ?? []
  return (
    <div>
      <h3>{t('visitsTitle')}</h3>
      {query.isPending && <SkeletonRows rows={2} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.data && rows.length === 0 && <p className="muted">{t('noVisit')}</p>}
      <ol className="casework-list">
        {rows.map((row) => (
          <li key={row.id} className={row.state === 'planned' ? 'now' : ''}>
            <Link to="/visits/$id" params={{ id: row.id }}>
              {t(`purpose.${row.purpose}`)}
            </Link>{' '}
            <Tag>
              {t(`visitState.${row.purpose !== 'verify' && row.state === 'reported' ? 'made' : row.state}`)}
            </Tag>
            <span className="sub">
              {row.visitor.name} · {t('due')} {row.dueOn}
              {row.overdue && <b className="overdue"> {t('overdue')}</b>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
