import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '#contract/visits.ts'
import { api } from '#web/api/client.ts'
import { MayButton } from '#web/ui/may-button.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { RiskMark } from '#web/ui/risk-mark.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/states.tsx'
import { HouseholdCard } from './household-card.tsx'
import { ReasonModal } from './reason-modal.tsx'
import { ReportForm } from './report-form.tsx'
import { Settle } from './settle.tsx'
import { FindingText, VisitReport } from './visit-report.tsx'
import '../records.css'
import './visits.css'

const route = getRouteApi('/layout/visits/$id')

/** What was known, what was found, and what somebody else decides. */
export function VisitPage() {
  const { id } = route.useParams()
  const query = useQuery({ queryKey: ['visit', id], queryFn: () => api.visits.get({ id }) })
  if (query.isError) return <ErrorState asPage error={query.error} onRetry={() => query.refetch()} />
  if (!query.data) return <SkeletonRows rows={12} height={28} />
  return <VisitBody visit={query.data} />
}

function VisitBody({ visit }: { visit: Visit }) {
  const { t } = useTranslation('casework')
  const common = useTranslation().t
  const client = useQueryClient()
  const [cancelling, setCancelling] = useState(false)
  const { household, report } = visit
  return (
    <div className="visit">
      <PageHeader
        title={t('visitTitle', { name: household.headName })}
        note={`${household.township.name} › ${household.village.name} ${visit.groupName ?? ''}`}
      >
        {visit.state === 'planned' && (
          <MayButton size="small" capability="visit.assign" onClick={() => setCancelling(true)}>
            {t('cancelVisit')}
          </MayButton>
        )}
        <Button size="small" onClick={() => window.print()}>
          {common('print')}
        </Button>
      </PageHeader>
      <p className="case-strip">
        {visit.level && <RiskMark risk={visit.level} />}
        <Tag>{t(`purpose.${visit.purpose}`)}</Tag>
        <Tag>{t(`visitState.${visit.state}`)}</Tag>
        <span>
          {t('visitor')} {visit.visitor.name}
        </span>
        {visit.state === 'planned' && (
          <span className={visit.overdue ? 'overdue' : 'muted'}>
            {t('due')} {visit.dueOn} {visit.overdue && t('overdue')}
          </span>
        )}
        <Link to="/households/$ref" params={{ ref: household.ref }} search={{}}>
          {common('nav.households')} →
        </Link>
      </p>
      <div className="visit-columns">
        <HouseholdCard visit={visit} />
        <div className="visit-main">
          {report ? (
            <VisitReport visit={visit} report={report} />
          ) : (
            <section className="panel">
              <h2>{t('reportHead')}</h2>
              <p>{t('noReport', { visitor: visit.visitor.name, day: visit.dueOn })}</p>
              {!visit.mayReport && visit.state === 'planned' && (
                <p className="muted">{t('notReport', { visitor: visit.visitor.name })}</p>
              )}
            </section>
          )}
          {visit.mayReport && <ReportForm visit={visit} />}
          {report && visit.state === 'settled' && <Findings visit={visit} />}
          {report && visit.state === 'reported' && visit.purpose === 'verify' && (
            <Settle key={report.report} visit={visit} />
          )}
        </div>
      </div>
      {cancelling && (
        <ReasonModal
          title={t('cancelVisit')}
          text={t('cancelText')}
          danger
          act={(reason) => api.visits.cancel({ id: visit.id, reason })}
          onDone={() =>
            Promise.all(
              ['visit', 'clue', 'clues', 'workbench'].map((key) =>
                client.invalidateQueries({ queryKey: [key] }),
              ),
            )
          }
          onClose={() => setCancelling(false)}
        />
      )}
    </div>
  )
}

/** What the visitors said of each clue; what became of it stands with the clue. */
function Findings({ visit }: { visit: Visit }) {
  const { t } = useTranslation('casework')
  const common = useTranslation().t
  return (
    <section className="panel">
      <h2>{t('findings')}</h2>
      <ul className="plain-list">
        {visit.report?.findings.map((finding) => {
          const clue = visit.clues.find(({ id }) => id === finding.clue)
          return (
            <li key={finding.clue}>
              <Link to="/clues/$id" params={{ id: finding.clue }} search={{}}>
                {clue ? common(`cause.${clue.cause}`) : t('looksInto')}
              </Link>{' '}
              <FindingText finding={finding} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
