import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Visit } from '#contract/work/visits.ts'
import { formatInstant } from '#web/ui/words/format.ts'
import { ClueLine, FindingText } from './report/visit-report.tsx'

interface DecidedProps {
  visit: Visit
  decided: NonNullable<Visit['decided']>
}

/** What was decided of each clue, and what the visitors had said where that was something else. */
export function Decided({ visit, decided }: DecidedProps) {
  const { t } = useTranslation('visits')
  return (
    <section className="panel" aria-labelledby="decided-title">
      <h2 id="decided-title">{t('decidedTitle')}</h2>
      <p className="muted">{t('decidedBy', { by: decided.by, at: formatInstant(decided.at) })}</p>
      <ul className="decided-list">
        {decided.decisions.map((decision) => {
          const clue = visit.clues.find(({ id }) => id === decision.clue)
          const theirs = visit.report?.findings.find((finding) => finding.clue === decision.clue)
          return (
            <li key={decision.clue}>
              {clue && <ClueLine clue={clue} />}
              <p>
                <strong className={`outcome ${decision.outcome}`}>
                  <FindingText finding={decision} />
                </strong>
              </p>
              {theirs && theirs.outcome !== decision.outcome && (
                <p className="muted">
                  {t('visitorsStatement')} <FindingText finding={theirs} />
                </p>
              )}
              <Link to="/clues/$id" params={{ id: decision.clue }} search={{}}>
                {t('openClue')} →
              </Link>
            </li>
          )
        })}
      </ul>
      {decided.case && (
        <p className="decided-next">
          <Link to="/cases/$id" params={{ id: decided.case }}>
            {t('openCase')} →
          </Link>
        </p>
      )}
    </section>
  )
}
