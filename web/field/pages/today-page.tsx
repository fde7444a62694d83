import { useTranslation } from 'react-i18next'
import type { Visit } from '#contract/work/visits.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { useRows } from '../device/rows.ts'
import { Link } from '../ui/router.tsx'
import { byUrgency, groupByPlace, sorted } from '../work/order.ts'
import { isUnsent } from '../work/outbox.ts'

/** Where to go today: place by place, the most urgent first. */
export function TodayPage() {
  const { t } = useTranslation('field')
  const visits = useRows('visits')
  const drafts = useRows('drafts')
  const outbox = useRows('outbox')
  if (!visits || !drafts || !outbox) return null
  const begun = new Set(drafts.map(({ visit }) => visit))
  const handed = new Set(
    outbox.filter((item) => item.kind === 'report' && isUnsent(item)).map(({ visit }) => visit),
  )
  const open = visits.filter(({ id }) => !handed.has(id))
  const places = groupByPlace(open)
  // What is half written goes before where to go first.
  const [first] = sorted(open, (a, b) => Number(begun.has(b.id)) - Number(begun.has(a.id)) || byUrgency(a, b))
  const late = open.filter(({ overdue }) => overdue).length
  return (
    <>
      <div className={first ? 'page with-thumb' : 'page'}>
        <div className="row between baseline">
          <h1>{t('today.title')}</h1>
          <span className="muted">{t('today.count', { count: open.length })}</span>
        </div>
        {late > 0 && <p className="due overdue">{t('today.late', { count: late })}</p>}
        {open.length === 0 && (
          <div className="empty">
            <h2>{t('today.none')}</h2>
            <p>{t('today.noneText')}</p>
          </div>
        )}
        {places.map(({ key, village, visits: here }) => (
          <section key={key} className="place">
            <h2>
              {village}
              {places.length > 1 && (
                <span className="small"> {t('today.count', { count: here.length })}</span>
              )}
            </h2>
            <ul className="visits">
              {here.map((visit) => (
                <li key={visit.id}>
                  <VisitLink visit={visit} isBegun={begun.has(visit.id)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {first && (
        <div className="thumb above-tabs">
          <Link to={`card/${first.id}`} className="button primary">
            {t(begun.has(first.id) ? 'today.goOn' : 'today.first', { name: first.household.headName })}
          </Link>
        </div>
      )}
    </>
  )
}

function VisitLink({ visit, isBegun }: { visit: Visit; isBegun: boolean }) {
  const { t } = useTranslation('field')
  const common = useTranslation().t
  const text = useText()
  const worst = visit.clues.find(({ level }) => level === visit.level) ?? visit.clues[0]
  const causes = [...new Set(visit.clues.map(({ cause }) => common(`cause.${cause}`)))]
  return (
    <Link to={`card/${visit.id}`} className="visit">
      <span className="row between">
        <strong className="who">
          {visit.level && <RiskMark risk={visit.level} text={false} size={22} />} {visit.household.headName}
          {visit.groupName && <span className="group">{visit.groupName}</span>}
        </strong>
        <span className={visit.overdue ? 'due overdue' : 'due'}>
          {t('today.due', { day: visit.dueOn })}
          {visit.overdue && <> · {t('today.overdue')}</>}
        </span>
      </span>
      <span className="cause">
        {causes.length > 0 ? causes.join(' · ') : t(`purpose.${visit.purpose}`)}
        {isBegun && <span className="begun">{t('today.begun')}</span>}
      </span>
      {worst && <span className="sentence">{text(worst.why)}</span>}
    </Link>
  )
}
