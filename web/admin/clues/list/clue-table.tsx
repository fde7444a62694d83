import { Link } from '@tanstack/react-router'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ClueRow } from '#contract/work/clues.ts'
import { HouseholdCell, PlaceCell } from '#web/ui/list/household-cells.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import type { ClueSearch } from '../search.ts'

interface ClueTableProps {
  rows: ClueRow[]
  search: ClueSearch
  active: string | undefined
  openId: string | undefined
  selected: ReadonlySet<string>
  /** Beside an open clue there is room for fewer columns. */
  compact: boolean
  onActive(id: string): void
  onToggle(id: string): void
  onToggleAll(all: boolean): void
}

export function ClueTable(props: ClueTableProps) {
  const { t } = useTranslation('clues')
  const { rows, selected, compact } = props
  const all = rows.length > 0 && rows.every((row) => selected.has(row.id))
  return (
    <table className={compact ? 'clue-table compact' : 'clue-table'}>
      <thead>
        <tr>
          <th scope="col" className="tick">
            <Checkbox
              checked={all}
              indeterminate={!all && selected.size > 0}
              onChange={(event) => props.onToggleAll(event.target.checked)}
              aria-label={t('selectAll')}
            />
          </th>
          <th scope="col">{t('level')}</th>
          <th scope="col">{t('household')}</th>
          <th scope="col" className="list-place">
            {t('place')}
          </th>
          <th scope="col" className="cause">
            {t('cause')}
          </th>
          <th scope="col" className="why">
            {t('why')}
          </th>
          <th scope="col" className="wide">
            {t('since')}
          </th>
          <th scope="col">{t('due')}</th>
          <th scope="col" className="wide">
            {t('who')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} {...props} />
        ))}
      </tbody>
    </table>
  )
}

function Row({
  row,
  search,
  active,
  openId,
  selected,
  onActive,
  onToggle,
}: { row: ClueRow } & ClueTableProps) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const text = useText()
  const { household } = row
  const marks = [
    row.id === active && 'active',
    row.id === openId && 'open',
    selected.has(row.id) && 'selected',
  ]
  return (
    <tr
      id={`clue-${row.id}`}
      className={marks.filter(Boolean).join(' ')}
      onMouseDown={() => onActive(row.id)}
    >
      <td className="tick">
        <Checkbox
          checked={selected.has(row.id)}
          onChange={() => onToggle(row.id)}
          aria-label={t('select', { name: household.headName })}
        />
      </td>
      <td className="level">
        <RiskMark risk={row.level} />
      </td>
      <HouseholdCell
        household={household}
        link={
          <Link to="/clues/$id" params={{ id: row.id }} search={search} resetScroll={false}>
            {household.headName}
          </Link>
        }
      />
      <PlaceCell household={household} />
      <td className="cause">{common(`cause.${row.cause}`)}</td>
      <td className="why">{text(row.why)}</td>
      <td className="wide">{row.openedOn}</td>
      <td className={row.dueOn ? 'due' : 'due none'} data-label={t('due')}>
        {row.dueOn ?? '–'}
        {row.overdue && <strong className="overdue">{t('overdueDays')}</strong>}
      </td>
      <td className="wide">
        {row.visitor ?? row.assignee?.name ?? (
          <span className="muted">{common(`clueState.${row.state}`)}</span>
        )}
        {row.state === 'verifying' && <span className="muted"> {common('clueState.verifying')}</span>}
      </td>
    </tr>
  )
}
