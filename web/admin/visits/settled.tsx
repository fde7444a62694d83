import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Visit } from '#contract/work/visits.ts'
import { formatInstant } from '#web/ui/words/format.ts'
import { ClueLine, FindingText } from './report/visit-report.tsx'

interface SettledProps {
  visit: Visit
  settlement: NonNullable<Visit['settlement']>
}

/** What was decided of each clue, and what the visitors had said where that was something else. */
export function Settled({ visit, settlement }: SettledProps) {
  const { t } = useTranslation('visits')
  return (
    <section className="panel" aria-labelledby="settled-title">
      <h2 id="settled-title">{t('settledTitle')}</h2>
      <p className="muted">{t('settledBy', { by: settlement.by, at: formatInstant(settlement.at) })}</p>
      <ul className="settled-list">
        {settlement.decisions.map((decision) => {
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
                  {t('theirWord')} <FindingText finding={theirs} />
                </p>
              )}
              <Link to="/clues/$id" params={{ id: decision.clue }} search={{}}>
                {t('openClue')} →
              </Link>
            </li>
          )
        })}
      </ul>
      {settlement.case && (
        <p className="settled-next">
          <Link to="/cases/$id" params={{ id: settlement.case }}>
            {t('openCase')} →
          </Link>
        </p>
      )}
    </section>
  )
}
