import { useTranslation } from 'react-i18next'
import { labelOf } from '#contract/enumerations/enumerations.ts'
import type { Visit } from '#contract/work/visits.ts'
import { useNarrow } from '#web/ui/page/use-narrow.ts'
import { formatYuan } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'

/** What is known already, so that it is shown and not requested. */
export function HouseholdCard({ visit }: { visit: Visit }) {
  const { t } = useTranslation('visits')
  const { t: common, i18n } = useTranslation()
  const text = useText()
  const narrow = useNarrow()
  const language = i18n.language === 'en-US' ? 'en' : 'zh'
  const { members, income, facts, monitoringLineFen, lastVisitOn, phone } = visit.card
  const here = members.filter(({ leftOn }) => leftOn === null)
  return (
    <section className="panel" aria-labelledby="known-title">
      <h2 id="known-title">{t('known')}</h2>
      <dl className="record-pairs">
        {visit.clues.length > 0 && (
          <>
            <dt>{t('looksInto')}</dt>
            <dd>
              <ul className="plain-list">
                {visit.clues.map((clue) => (
                  <li key={clue.id}>
                    <RiskMark risk={clue.level} text={false} /> {text(clue.why)}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <dt>{t('people')}</dt>
        <dd>
          <ul className="plain-list">
            {here.map((member) => (
              <li key={member.ref}>
                {member.name}{' '}
                <span className="muted">
                  {labelOf('relation', member.relation, language)} · {member.age ?? '–'} ·{' '}
                  {labelOf('labour', member.labour, language)}
                </span>
              </li>
            ))}
          </ul>
        </dd>
        {phone && (
          <>
            <dt>{t('phone')}</dt>
            <dd>{phone}</dd>
          </>
        )}
        <dt>{t('item.income')}</dt>
        <dd>
          {income
            ? t('incomeKnown', {
                from: income.periodFrom,
                to: income.periodTo,
                income: formatYuan(income.netPerHeadFen),
              })
            : t('incomeNone')}
          <span className="sub">
            {monitoringLineFen === null
              ? common('lineUnset')
              : t('line', { line: formatYuan(monitoringLineFen) })}
          </span>
        </dd>
      </dl>
      <details open={!narrow}>
        <summary>{t('facts')}</summary>
        {facts.length === 0 && <span className="muted">{t('noFacts')}</span>}
        <dl className="known-facts">
          {[...Map.groupBy(facts, ({ feed }) => feed).entries()].map(([feed, known]) => (
            <div key={feed}>
              <dt>{known[0] && text(known[0].name)}</dt>
              {known.map((fact) => (
                <dd key={fact.text.zh}>{text(fact.text)}</dd>
              ))}
            </div>
          ))}
        </dl>
      </details>
      <p className="muted">{lastVisitOn ? t('lastVisit', { day: lastVisitOn }) : t('noVisit')}</p>
    </section>
  )
}
