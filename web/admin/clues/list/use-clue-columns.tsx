import { Link } from '@tanstack/react-router'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ClueRow } from '#contract/work/clues.ts'
import { DueDay } from '#web/ui/list/due-day.tsx'
import { useHouseholdColumns } from '#web/ui/list/household-columns.tsx'
import type { Column } from '#web/ui/list/list-table.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import type { ClueSearch } from '../search.ts'

interface ClueColumns {
  rows: readonly ClueRow[]
  search: ClueSearch
  selected: ReadonlySet<string>
  onToggle(id: string): void
  onToggleAll(all: boolean): void
}

export function useClueColumns({ rows, search, selected, onToggle, onToggleAll }: ClueColumns) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const text = useText()
  const all = rows.length > 0 && rows.every((row) => selected.has(row.id))
  const household = useHouseholdColumns<ClueRow>(
    (row) => row.household,
    (row) => (
      <Link to="/clues/$id" params={{ id: row.id }} search={search} resetScroll={false}>
        {row.household.headName}
      </Link>
    ),
  )
  const columns: Column<ClueRow>[] = [
    {
      key: 'tick',
      head: (
        <Checkbox
          checked={all}
          indeterminate={!all && selected.size > 0}
          onChange={(event) => onToggleAll(event.target.checked)}
          aria-label={t('selectAll')}
        />
      ),
      className: 'tick',
      cell: (row) => (
        <Checkbox
          checked={selected.has(row.id)}
          onChange={() => onToggle(row.id)}
          aria-label={t('select', { name: row.household.headName })}
        />
      ),
    },
    { key: 'level', head: t('level'), className: 'level', cell: (row) => <RiskMark risk={row.level} /> },
    ...household,
    { key: 'cause', head: t('cause'), className: 'cause', cell: (row) => common(`cause.${row.cause}`) },
    { key: 'why', head: t('why'), className: 'why', cell: (row) => text(row.why) },
    { key: 'since', head: t('since'), className: 'wide', cell: (row) => row.openedOn },
    {
      key: 'due',
      head: t('due'),
      label: t('due'),
      className: (row) => (row.dueOn ? 'due' : 'due none'),
      cell: (row) => <DueDay day={row.dueOn} overdue={row.overdue} />,
    },
    { key: 'who', head: t('who'), className: 'wide', cell: (row) => <Who row={row} /> },
  ]
  return columns
}

function Who({ row: { visitor, assignee, state } }: { row: ClueRow }) {
  const { t } = useTranslation()
  return (
    <>
      {visitor ?? assignee?.name ?? <span className="muted">{t(`clueState.${state}`)}</span>}
      {state === 'verifying' && <span className="muted"> {t('clueState.verifying')}</span>}
    </>
  )
}
