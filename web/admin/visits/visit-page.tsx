import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '#contract/work/visits.ts'
import { api } from '#web/api/client.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { Decided } from './decided.tsx'
import { HouseholdCard } from './household-card.tsx'
import { VisitReport } from './report/visit-report.tsx'
import '#web/ui/list/records.css'
import './visits.css'

const route = getRouteApi('/layout/visits/$id')
/** Only for who has something to do: the forms weigh as much as the rest of the page. */
const ReasonModal = lazyPart(() => import('#web/ui/form/reason-modal.tsx'), 'ReasonModal')
const Decide = lazyPart(() => import('./decide.tsx'), 'Decide')
const ReportForm = lazyPart(() => import('./report/report-form.tsx'), 'ReportForm')

/** What was known, what was found, and what somebody else decides. */
export function VisitPage() {
  const { id } = route.useParams()
  const query = useQuery({ queryKey: ['visit', id], queryFn: () => api.visits.get({ id }) })
  if (query.isError) return <ErrorState asPage error={query.error} onRetry={() => query.refetch()} />
  if (!query.data) return <SkeletonRows rows={12} height={28} />
  return <VisitBody visit={query.data} />
}

function VisitBody({ visit }: { visit: Visit }) {
  const { t } = useTranslation('visits')
  const common = useTranslation().t
  const client = useQueryClient()
  const [cancelling, setCancelling] = useState(false)
  const { household, report, decided } = visit
  // Only clues are decided on; any other visit is over once it is reported.
  const state = visit.purpose !== 'verify' && visit.state === 'reported' ? 'made' : visit.state
  const isAgain = visit.state === 'planned' && visit.closedNote !== null
  return (
    <div className="visit">
      <PageHeader
        title={t('visitTitle', { name: household.headName, purpose: t(`purpose.${visit.purpose}`) })}
        note={`${household.township.name} › ${household.village.name} ${visit.groupName ?? ''}`}
      >
        {visit.state === 'planned' && (
          <MayButton capability="visit.assign" onClick={() => setCancelling(true)}>
            {t('cancelVisit')}
          </MayButton>
        )}
        <Button onClick={() => window.print()}>{common('print')}</Button>
      </PageHeader>
      <p className="record-strip">
        {visit.level && <RiskMark risk={visit.level} />}
        <Tag className={`state-${visit.state}`}>{t(`visitState.${state}`)}</Tag>
        <span>
          <span className="muted">{t('visitor')}</span> {visit.visitor.name}
        </span>
        {visit.state === 'planned' && (
          <span className={visit.overdue ? 'overdue' : 'muted'}>
            {t('due')} {visit.dueOn} {visit.overdue && t('overdue')}
          </span>
        )}
        <Link to="/households/$ref" params={{ ref: household.ref }} search={{}}>
          {t('openHousehold')} →
        </Link>
      </p>
      <div className="visit-columns">
        <HouseholdCard visit={visit} />
        <div className="visit-main">
          {isAgain && <p className="notice">{t('sentBack', { reason: visit.closedNote ?? '' })}</p>}
          {decided && <Decided visit={visit} decided={decided} />}
          {report && <VisitReport visit={visit} report={report} />}
          {!report && !visit.mayReport && <Waiting visit={visit} />}
          {visit.mayReport && (
            <Suspense fallback={<SkeletonRows rows={10} height={28} />}>
              <ReportForm visit={visit} />
            </Suspense>
          )}
          {report && visit.state === 'reported' && visit.purpose === 'verify' && (
            <Suspense fallback={<SkeletonRows rows={6} />}>
              <Decide key={report.report} visit={visit} />
            </Suspense>
          )}
        </div>
      </div>
      <Suspense fallback={null}>
        {cancelling && (
          <ReasonModal
            title={t('cancelVisit')}
            text={t('cancelText')}
            danger
            act={(reason) => api.visits.cancel({ id: visit.id, reason })}
            onDone={() =>
              Promise.all(
                ['visit', 'visits', 'clue', 'clues', 'workbench'].map((key) =>
                  client.invalidateQueries({ queryKey: [key] }),
                ),
              )
            }
            onClose={() => setCancelling(false)}
          />
        )}
      </Suspense>
    </div>
  )
}

/** Nobody has reported: who is to, and by when; or why nobody will. */
function Waiting({ visit }: { visit: Visit }) {
  const { t } = useTranslation('visits')
  const { state, visitor, dueOn, closedNote } = visit
  return (
    <section className="panel">
      <h2>{t('reportHead')}</h2>
      {state === 'cancelled' ? (
        <p>{t('cancelledWhy', { reason: closedNote ?? '' })}</p>
      ) : (
        <>
          <p>{t('noReport', { visitor: visitor.name, day: dueOn })}</p>
          <p className="muted">{t('notReport', { visitor: visitor.name })}</p>
        </>
      )}
    </section>
  )
}
