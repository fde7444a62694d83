import { useTranslation } from 'react-i18next'
import { labelOf } from '#contract/enumerations/enumerations.ts'
import type { Visit } from '#contract/work/visits.ts'
import { formatYuan } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { useRows } from '../device/rows.ts'
import { Link } from '../ui/router.tsx'
import { byUrgency, sorted } from '../work/order.ts'
import { isUnsent } from '../work/outbox.ts'

/** The card of a household, by its visit. */
export function CardPage({ id }: { id: string }) {
  const visits = useRows('visits')
  if (!visits) return null
  const visit = visits.find((one) => one.id === id)
  return visit ? <Card visit={visit} /> : <Missing />
}

/** The card behind the QR code at a household's door. */
export function HouseholdByCode({ household }: { household: string }) {
  const visits = useRows('visits')
  if (!visits) return null
  const [visit] = sorted(
    visits.filter((one) => one.household.ref === household || one.household.householdNo === household),
    byUrgency,
  )
  return visit ? <Card visit={visit} /> : <Missing />
}

function Missing() {
  const { t } = useTranslation('field')
  return (
    <section className="page" role="status">
      <h1>{t('card.missingTitle')}</h1>
      <p>{t('card.missingText')}</p>
      <Link to="" className="button primary">
        {t('nav.today')}
      </Link>
    </section>
  )
}

function Card({ visit }: { visit: Visit }) {
  const { t } = useTranslation('field')
  const text = useText()
  const drafts = useRows('drafts')
  const outbox = useRows('outbox')
  // Until both are read nobody knows whether it is begun or filled in, and nothing is offered.
  const isRead = outbox !== undefined && drafts !== undefined
  const isHanded = outbox?.some((item) => item.kind === 'report' && item.visit === visit.id && isUnsent(item))
  const isBegun = drafts?.some((draft) => draft.visit === visit.id)
  const { household, card, clues, groupName } = visit
  const category = household.category as 'ordinary'
  return (
    <>
      <div className="page with-thumb">
        <h1>{household.headName}</h1>
        <p>
          {[household.village.name, groupName].filter(Boolean).join(' ')} ·{' '}
          {t('today.members', { count: household.memberCount })} · {t(`card.categories.${category}`)}
        </p>
        <p className={visit.overdue ? 'due overdue' : 'due'}>
          {t(`purpose.${visit.purpose}`)} · {t('today.due', { day: visit.dueOn })}
          {visit.overdue && ` · ${t('today.overdue')}`}
          {card.lastVisitOn && ` · ${t('today.last', { day: card.lastVisitOn })}`}
        </p>
        <Phone phone={card.phone} />
        {clues.length > 0 && (
          <section>
            <h2>{t('card.why')}</h2>
            {clues.map((clue) => (
              <p key={clue.id} className="why">
                <RiskMark risk={clue.level} size={18} /> {text(clue.why)}
              </p>
            ))}
          </section>
        )}
        <Members members={card.members} />
        <Income card={card} />
        <section>
          <h2>{t('card.facts')}</h2>
          {card.facts.length === 0 ? (
            <p className="muted">{t('card.noFacts')}</p>
          ) : (
            <ul className="facts">
              {card.facts.map((fact) => (
                <li key={`${fact.feed}/${text(fact.text)}`}>
                  {text(fact.text)}
                  <span className="muted small"> {text(fact.name)}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      <div className="thumb above-tabs">
        {isRead &&
          (isHanded ? (
            <Link to="outbox" className="button">
              {t('card.waiting')}
            </Link>
          ) : (
            <Link to={`visit/${visit.id}`} className="button primary">
              {isBegun ? t('card.goOn') : t('card.start')}
            </Link>
          ))}
      </div>
    </>
  )
}

/** A whole number can be called; a masked one is only shown. */
function Phone({ phone }: { phone: string | null }) {
  const { t } = useTranslation('field')
  if (!phone) return <p className="muted">{t('card.noPhone')}</p>
  if (!/^[\d+ -]+$/.test(phone)) return <p className="muted">{t('card.phoneMasked', { phone })}</p>
  return (
    <a className="button" href={`tel:${phone.replace(/[ -]/g, '')}`}>
      {t('card.call', { phone })}
    </a>
  )
}

function Members({ members }: { members: Visit['card']['members'] }) {
  const { t, i18n } = useTranslation('field')
  const language = i18n.language === 'en-US' ? 'en' : 'zh'
  return (
    <section>
      <h2>{t('card.members')}</h2>
      <ul className="members">
        {members.map((member) => (
          <li key={member.ref}>
            <strong>{member.name}</strong> {labelOf('relation', member.relation, language)} ·{' '}
            {t(`card.${member.sex}`)}
            {member.age !== null && ` · ${t('card.age', { age: member.age })}`}
            <span className="muted">
              {' '}
              {[
                labelOf('labour', member.labour, language),
                ...member.health.map((code) => labelOf('health', code, language)),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Income({ card: { income, monitoringLineFen } }: { card: Visit['card'] }) {
  const { t } = useTranslation('field')
  const line = monitoringLineFen
  if (!income)
    return (
      <section>
        <h2>{t('card.income')}</h2>
        <p className="muted">{t('card.noIncome')}</p>
      </section>
    )
  const isBelow = line !== null && income.netPerHeadFen < line
  const most = Math.max(income.netPerHeadFen, line ?? 0, 1) * 1.1
  return (
    <section>
      <h2>{t('card.income')}</h2>
      <p>
        {line === null
          ? `${formatYuan(income.netPerHeadFen)} · ${t('card.lineUnset')}`
          : t('card.incomeLine', { income: formatYuan(income.netPerHeadFen), line: formatYuan(line) })}
        {line !== null && <strong> {isBelow ? t('card.below') : t('card.above')}</strong>}
      </p>
      <svg className="scale" viewBox="0 0 1000 60" preserveAspectRatio="none" aria-hidden="true">
        <rect y="16" width="1000" height="28" className="scale-ground" />
        <rect
          y="16"
          width={Math.max(0, (income.netPerHeadFen / most) * 1000)}
          height="28"
          className={isBelow ? 'scale-bar below' : 'scale-bar'}
        />
        {line !== null && (
          <rect x={(line / most) * 1000 - 3} y="2" width="6" height="56" className="scale-line" />
        )}
      </svg>
      <p className="muted small">{t('card.period', { from: income.periodFrom, to: income.periodTo })}</p>
    </section>
  )
}
