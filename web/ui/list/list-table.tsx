import type { ReactNode } from 'react'
import './records.css'

export interface Column<Row> {
  key: string
  /** Where no column has one, the table has no head. */
  head?: ReactNode
  cell(row: Row): ReactNode
  className?: string | ((row: Row) => string)
  /** Where its cells look each as it is. */
  headClass?: string
  /** Said before the value on a telephone, where the head is not seen. */
  label?: string
  /** What a row is about: read out before its other cells. */
  isRowHead?: boolean
  /** Where one can sort by it. */
  sorted?: 'ascending' | 'descending' | 'none'
}

export interface ListTableProps<Row> {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf(row: Row): string
  /** Of the table, where something beside it names it. */
  id?: string | undefined
  /** What the table is, for who hears it. */
  caption?: string
  /** Of the table, where it looks otherwise than other lists. */
  className?: string | undefined
  rowClass?(row: Row): string | false | undefined
  /** The row the keyboard is at. */
  active?: string | undefined
  onActive?(key: string): void
}

/** Where the keyboard finds a row. */
export const rowId = (key: string) => `row-${key}`

const headClass = <Row,>({ className, headClass: own }: Column<Row>) =>
  typeof className === 'string' ? className : own

/** A table that becomes cards on a telephone. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const { id, rows, columns, keyOf, className = 'record-list', rowClass, active, onActive, caption } = props
  return (
    <table id={id} className={className}>
      {caption !== undefined && <caption className="visually-hidden">{caption}</caption>}
      {columns.some(({ head }) => head !== undefined) && (
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={headClass(column)} aria-sort={column.sorted}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row) => {
          const key = keyOf(row)
          const marks = [key === active && 'active', rowClass?.(row)].filter(Boolean).join(' ')
          return (
            <tr
              key={key}
              id={onActive && rowId(key)}
              className={marks || undefined}
              onMouseDown={onActive && (() => onActive(key))}
            >
              {columns.map((column) => (
                <Cell key={column.key} row={row} column={column} />
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Cell<Row>({ row, column }: { row: Row; column: Column<Row> }) {
  const { className: of, cell, label, isRowHead = false } = column
  const className = typeof of === 'function' ? of(row) : of
  return isRowHead ? (
    <th scope="row" className={className}>
      {cell(row)}
    </th>
  ) : (
    <td className={className} data-label={label}>
      {cell(row)}
    </td>
  )
}
