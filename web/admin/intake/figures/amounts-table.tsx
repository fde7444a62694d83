import { useTranslation } from 'react-i18next'
import type { Batch } from '#contract/feeds/feeds.ts'
import { moneyUnitName } from '#contract/feeds/money-units.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { formatYuan } from '#web/ui/words/format.ts'
import { rowIn } from '../row-in.ts'

export interface Amount {
  key: string
  /** The column of the feed, and the header of the file where the two are looked at together. */
  name: string
  header?: string
  digits: number
  stated: Batch['figures'][number]['stated']
  median: number | null
  known: number | null
}

/** Every money column: the unit it is read in, who says so, and its median beside what was known before. */
export function AmountsTable({ amounts }: { amounts: readonly Amount[] }) {
  const { t } = useTranslation('intake')
  const yuan = (fen: number | null) => (fen === null ? '–' : t('amounts.yuan', { value: formatYuan(fen) }))
  return (
    <ScrollRegion label={t('amounts.title')}>
      <TableExport title={t('amounts.title')} of="amounts-table" />
      <table id="amounts-table" className="amounts">
        <caption className="visually-hidden">{t('amounts.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('amounts.column')}</th>
            <th scope="col">{t('amounts.unit')}</th>
            <th scope="col" className="number">
              {t('amounts.median')}
            </th>
            <th scope="col" className="number">
              {t('amounts.known')}
            </th>
          </tr>
        </thead>
        <tbody>
          {amounts.map(({ key, name, header, digits, stated, median, known }) => (
            <tr key={key}>
              <th scope="row">
                {name}
                {header !== undefined && header !== name && <span className="muted"> {header}</span>}
              </th>
              <td>
                {t(`amounts.units.${String(digits) as '2'}`, { defaultValue: moneyUnitName(digits) })}{' '}
                <span className={stated === 'none' ? 'unstated' : 'muted'}>
                  {t(`amounts.stated.${stated}`)}
                </span>
              </td>
              <td className="number">{yuan(median)}</td>
              <td className="number">{yuan(known)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** What the file says of its unit, with the cell. */
export function UnitStated({ unit }: { unit: Batch['unit'] }) {
  const { t } = useTranslation('intake')
  if (!unit) return null
  const values = { text: unit.text, cell: unit.cell ?? '' }
  return (
    <p className="muted">
      {unit.cell === null ? t('amounts.statementByName', values) : t('amounts.statement', values)}
    </p>
  )
}

/** Sums, notes, signatures: what they are, and where. */
export function Asides({ counts, rows }: Batch['asides']) {
  const { t } = useTranslation('intake')
  const kinds = Object.entries(counts) as [keyof typeof counts, number][]
  if (kinds.length === 0) return null
  const named = rows.filter(({ kind }) => kind !== 'blank').slice(0, 20)
  return (
    <div className="asides">
      <h4>{t('asides.title')}</h4>
      <p>{kinds.map(([kind, n]) => t(`asides.${kind}`, { n })).join(t('asides.comma'))}</p>
      {named.length > 0 && (
        <p className="muted">
          {named
            .map((place) => t('asides.row', { row: rowIn(place), kind: t(`asides.kinds.${place.kind}`) }))
            .join(t('asides.comma'))}
        </p>
      )}
    </div>
  )
}
