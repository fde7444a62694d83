import { useTranslation } from 'react-i18next'
import type { ColumnMapping, Feed } from '#contract/feeds/feeds.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { type Amount, AmountsTable, Asides, UnitStated } from '../figures/amounts-table.tsx'
import { ProblemBox } from '../problem-box.tsx'
import type { Sheet } from './mapping.ts'

/** The money columns of the mapping, each with its unit and the median of its first rows. */
export function amountsOf(
  feed: Feed,
  sheet: Sheet,
  mapping: ColumnMapping,
  name: (key: string) => string,
): Amount[] {
  const known = sheet.guesses.find((guess) => guess.feed === feed.code)?.known ?? {}
  return feed.columns.flatMap(({ key, type }) => {
    const header = mapping[key]
    const figure = type === 'money' && sheet.figures.find((one) => one.header === header)
    return figure ? [{ key, name: name(key), ...figure, known: known[key] ?? null }] : []
  })
}

/** What the amounts of the sheet will be read as, and which of its rows are none. */
export function SheetAmounts({ feed, sheet, mapping }: { feed: Feed; sheet: Sheet; mapping: ColumnMapping }) {
  const { t } = useTranslation('intake')
  const text = useText()
  const amounts = amountsOf(feed, sheet, mapping, (key) => {
    const column = feed.columns.find((one) => one.key === key)
    return column ? text(column.label) : key
  })
  const counts: Partial<Record<Sheet['asides'][number]['kind'], number>> = {}
  for (const { kind } of sheet.asides) counts[kind] = (counts[kind] ?? 0) + 1
  if (amounts.length === 0 && sheet.asides.length === 0) return null
  return (
    <section className="check-part">
      {amounts.length > 0 && (
        <>
          <h3>{t('amounts.title')}</h3>
          {sheet.unitProblem ? (
            <ProblemBox
              title={t('amounts.problem')}
              problem={{ code: sheet.unitProblem.code, details: sheet.unitProblem }}
            />
          ) : (
            <>
              <UnitStated unit={sheet.unit} />
              <AmountsTable amounts={amounts} />
              <p className="muted">{t('amounts.sampleHint')}</p>
            </>
          )}
        </>
      )}
      <Asides counts={counts} rows={sheet.asides} />
    </section>
  )
}
