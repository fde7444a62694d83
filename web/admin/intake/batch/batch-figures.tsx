import { useTranslation } from 'react-i18next'
import type { Batch } from '#contract/feeds/feeds.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { AmountsTable, Asides, UnitStated } from '../figures/amounts-table.tsx'

/** What the amounts of a batch were read as, which rows were no data, and which columns nothing was read from. */
export function BatchFigures({ batch: { figures, unit, asides, unusedHeaders } }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const text = useText()
  const hasAsides = Object.keys(asides.counts).length > 0
  if (figures.length === 0 && !hasAsides && unusedHeaders.length === 0) return null
  return (
    <section className="panel batch-figures" aria-labelledby="figures-title">
      <h2 id="figures-title">{t('amounts.readAs')}</h2>
      {figures.length > 0 && (
        <>
          <h3>{t('amounts.title')}</h3>
          <UnitStated unit={unit} />
          <AmountsTable
            amounts={figures.map(({ column, label, ...figure }) => ({
              key: column,
              name: text(label),
              ...figure,
            }))}
          />
          <p className="muted">{t('amounts.medianHint')}</p>
        </>
      )}
      <Asides {...asides} />
      {unusedHeaders.length > 0 && (
        <div className="unused-headers">
          <h4>{t('check.unknown', { n: unusedHeaders.length })}</h4>
          <ul>
            {unusedHeaders.map((header) => (
              <li key={header}>{header}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
