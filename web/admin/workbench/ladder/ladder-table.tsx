import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatCount } from '#web/ui/words/format.ts'
import type { LadderSearch } from '../search.ts'
import type { LadderData } from './ladder-data.ts'

type Row = LadderData['rows'][number]
/** Which of a row's figures. */
export type Figure = Pick<LadderSearch, 'rung' | 'overdue' | 'paused'>

const sum = (row: Row) => row.overdue.reduce((total, n) => total + n, 0)
const weight = ({ overdue }: Row) => overdue.toReversed()

/** The worst first: by the longest overdue, then by the next rung, then by all that is open. */
function worstFirst(a: Row, b: Row): number {
  const [left, right] = [weight(a), weight(b)]
  const at = left.findIndex((n, i) => n !== right[i])
  return at < 0 ? b.open - a.open : (right[at] ?? 0) - (left[at] ?? 0)
}

/** Names of the rungs by how many working days. */
export function useRungNames(): (rungs: readonly number[]) => string[] {
  const { t } = useTranslation('workbench')
  return ([, second = 0, third = 0]) => [
    t('rungBelow', { to: second - 1 }),
    t('rungBetween', { from: second, to: third - 1 }),
    t('rungAbove', { from: third }),
  ]
}

interface LadderTableProps {
  data: LadderData
  search: LadderSearch
  /** Whether the one who looks may see the lists behind the figures. */
  linked: boolean
}

export function LadderTable({ data, search, linked }: LadderTableProps) {
  const { t } = useTranslation('workbench')
  const names = useRungNames()(data.rungs)
  const rows = data.rows.filter(({ open }) => open > 0).toSorted(worstFirst)
  const longest = Math.max(1, ...rows.map(sum))
  return (
    <table id="ladder-table" className="ladder">
      <thead>
        <tr>
          <th scope="col">{t('area')}</th>
          <th scope="col" className="bar">
            {t('bar')}
          </th>
          {names.map((name, rung) => (
            <th key={name} scope="col" className="number">
              <i className={`rung rung-${rung}`} aria-hidden="true" />
              {name}
            </th>
          ))}
          <th scope="col" className="number">
            {t('overdueAll')}
          </th>
          <th scope="col" className="number">
            {t('pausedCount')}
          </th>
          <th scope="col" className="number">
            {t('open')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <LadderRow key={row.area.code} {...{ row, names, longest, search, linked }} />
        ))}
      </tbody>
    </table>
  )
}

interface LadderRowProps extends Omit<LadderTableProps, 'data'> {
  row: Row
  names: readonly string[]
  longest: number
}

function LadderRow({ row, names, longest, search, linked }: LadderRowProps) {
  const { t } = useTranslation('workbench')
  const { area } = row
  const cell = (name: string, count: number, figure: Figure) => (
    <td key={name} className="number" data-label={name}>
      <FigureLink {...{ row, name, count, figure, search, linked }} />
    </td>
  )
  return (
    <tr className={search.of === area.code ? 'chosen' : undefined}>
      <th scope="row">
        {area.level === 'village' ? (
          area.name
        ) : (
          <Link to="/workbench/ladder" search={{ area: area.code, kind: search.kind }}>
            {area.name}
          </Link>
        )}
      </th>
      <td className="bar" aria-hidden="true">
        <span className="ladder-bar" style={{ width: `${(sum(row) / longest) * 100}%` }}>
          {row.overdue.map((n, rung) =>
            n > 0 ? <i key={names[rung]} className={`rung-${rung}`} style={{ flexGrow: n }} /> : null,
          )}
        </span>
      </td>
      {row.overdue.map((count, rung) => cell(names[rung] ?? '', count, { rung }))}
      {cell(t('overdueAll'), sum(row), { overdue: true })}
      {cell(t('pausedCount'), row.paused, { paused: true })}
      {cell(t('open'), row.open, {})}
    </tr>
  )
}

interface FigureLinkProps extends Pick<LadderTableProps, 'search' | 'linked'> {
  row: Row
  name: string
  count: number
  figure: Figure
}

function FigureLink({ row, name, count, figure, search, linked }: FigureLinkProps) {
  const { t } = useTranslation('workbench')
  const { area, kind } = search
  const shown = formatCount(count)
  if (count === 0) return <span className="none">0</span>
  if (!linked) return <>{shown}</>
  return (
    <Link
      to="/workbench/ladder"
      search={{ area, kind, of: row.area.code, ...figure }}
      resetScroll={false}
      data-figure="rows"
      aria-label={t('figure', { area: row.area.name, what: name, count: shown as never })}
    >
      {shown}
    </Link>
  )
}
