import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnWork } from '#contract/protection/own-record.ts'
import { formatYuan } from '#web/ui/words/format.ts'

/** What was done about the household; each part folded, the newest first. */
export function Work({ work }: { work: OwnWork }) {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const casework = useTranslation('visits').t
  const cases = useTranslation('cases').t
  const plans = useTranslation('plans').t
  const { spells, visits, measures, clues } = work
  const days = (from: string, until: string | null) =>
    until === null ? t('workDays.from', { from }) : t('workDays.both', { from, until })
  return (
    <section className="panel">
      <h2>{t('work')}</h2>
      <p className="muted">{t('workText')}</p>
      {Object.values(work).every(({ length }) => length === 0) && <p>{t('noWork')}</p>}
      <Part name="spells">
        {spells.map(({ category, risk, fromOn, untilOn }) => (
          <li key={fromOn}>
            <strong>{common(`category.${category}`)}</strong> {casework(`risk.${risk}`)}
            <span className="sub">{days(fromOn, untilOn)}</span>
          </li>
        ))}
      </Part>
      <Part name="cases">
        {work.cases.map(({ kind, state, openedOn, closedOn, category }) => (
          <li key={`${openedOn}-${kind}`}>
            <strong>{cases(`kind.${kind}`)}</strong> {cases(`state.${state}`)}{' '}
            {category && common(`category.${category}`)}
            <span className="sub">{days(openedOn, closedOn)}</span>
          </li>
        ))}
      </Part>
      <Part name="measures">
        {measures.map(({ title, state, startsOn, endsOn, moneyFen, effect }) => (
          <li key={`${startsOn}-${title}`}>
            <strong>{title}</strong> {plans(`state.${state}`)}{' '}
            {moneyFen !== null && plans('moneyYuan', { yuan: formatYuan(moneyFen) })} {effect}
            <span className="sub">{days(startsOn, endsOn)}</span>
          </li>
        ))}
      </Part>
      <Part name="visits">
        {visits.map((visit) => (
          <li key={`${visit.on}-${visit.purpose}`}>
            <Visit visit={visit} />
          </li>
        ))}
      </Part>
      <Part name="clues">
        {clues.map(({ cause, state, openedOn, closedOn }) => (
          <li key={`${openedOn}-${cause}`}>
            <strong>{common(`cause.${cause}`)}</strong> {common(`clueState.${state}`)}
            <span className="sub">{days(openedOn, closedOn)}</span>
          </li>
        ))}
      </Part>
    </section>
  )
}

function Part({ name, children }: { name: keyof OwnWork; children: ReactNode[] }) {
  const { t } = useTranslation('rights')
  if (children.length === 0) return null
  return (
    <details>
      <summary>
        <strong>{t(`workPart.${name}`)}</strong> <span className="muted">{children.length}</span>
      </summary>
      <ul>{children}</ul>
    </details>
  )
}

function Visit({ visit }: { visit: OwnWork['visits'][number] }) {
  const { t } = useTranslation('rights')
  const casework = useTranslation('visits').t
  const { incomePerHeadFen: income, rigidSpendingFen: spending, photos } = visit
  const stated = [
    income !== null && t('statedIncome', { yuan: formatYuan(income) }),
    spending !== null && t('statedSpending', { yuan: formatYuan(spending) }),
    visit.remark,
  ]
  const kept = [
    photos > 0 && t('keptPhotos', { count: photos }),
    visit.signed && t('keptSigned'),
    visit.located && t('keptLocated'),
  ]
  const found = visit.items.map(({ item, result, note }) =>
    [casework(`item.${item}`), casework(`result.${result}`), note].filter(Boolean).join(' '),
  )
  return (
    <>
      <strong>{casework(`purpose.${visit.purpose}`)}</strong> {visit.on}
      {Object.entries({ found, stated, kept }).map(([part, texts]) => (
        <span key={part} className="sub">
          {texts.filter(Boolean).join(' · ')}
        </span>
      ))}
    </>
  )
}
