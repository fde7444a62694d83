import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Case } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { CaseActions } from './case-actions.tsx'
import { CaseFlags } from './case-flags.tsx'
import { CaseSteps } from './case-steps.tsx'
import { Objections } from './objections.tsx'
import './cases.css'
import '#web/ui/list/records.css'

const route = getRouteApi('/layout/cases/$id')

/** Where a case stands, what the next step needs, and everything that was done. */
export function CasePage() {
  const { id } = route.useParams()
  const query = useQuery({ queryKey: ['case', id], queryFn: () => api.cases.get({ id }) })
  if (query.isError) return <ErrorState asPage error={query.error} onRetry={() => query.refetch()} />
  if (!query.data) return <SkeletonRows rows={12} height={28} />
  return <CaseBody one={query.data} />
}

function CaseBody({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const text = useText()
  const { household } = one
  return (
    <div className="case">
      <PageHeader
        title={t('caseTitle', { name: household.headName, kind: t(`kind.${one.kind}`) })}
        note={`${household.county.name} › ${household.township.name} › ${household.village.name}`}
      >
        <Button onClick={() => window.print()}>{common('print')}</Button>
      </PageHeader>
      <p className="record-strip">
        <Tag className={`state-${one.state}`}>{t(`state.${one.state}`)}</Tag>
        {one.greenChannel && <Tag color="#0f766e">{t('green')}</Tag>}
        {one.paused && <Tag>{t('paused')}</Tag>}
        <span>{one.causes.map((cause) => common(`cause.${cause}`)).join(common('may.separator'))}</span>
        <span>{common('people', { count: household.memberCount })}</span>
        {one.category && (
          <strong>{t('decidedCategory', { category: common(`category.${one.category}`) })}</strong>
        )}
        {one.dueOn && (
          <span className={one.overdue ? 'overdue' : 'muted'}>
            {t('due')} {one.dueOn} {one.overdue && t('overdue')}
          </span>
        )}
        {one.state === 'running' && (
          <span className="muted">
            {t('totalDue')} {one.totalDueOn}
          </span>
        )}
        <Link to="/households/$ref" params={{ ref: household.ref }} search={{}}>
          {t('openHousehold')} →
        </Link>
      </p>
      <div className="case-columns">
        <CaseSteps one={one} />
        <div className="case-side">
          <section className="panel">
            <h2>{t('itsClues')}</h2>
            <ul className="plain-list">
              {one.clues.map((clue) => (
                <li key={clue.id}>
                  <RiskMark risk={clue.level} text={false} />{' '}
                  <Link to="/clues/$id" params={{ id: clue.id }} search={{}}>
                    {text(clue.why)}
                  </Link>
                </li>
              ))}
            </ul>
            {one.visit && (
              <p>
                <Link to="/visits/$id" params={{ id: one.visit }}>
                  {t('fromVisit')} →
                </Link>
              </p>
            )}
            <p className="muted">{t('policy', { policy: text(one.policy.title) })}</p>
          </section>
          {one.kind === 'identification' && one.comparedAt && <CaseFlags one={one} />}
          {one.publicity && <Objections one={one} />}
          <CaseActions one={one} />
        </div>
      </div>
    </div>
  )
}
