import { Button, Dropdown } from 'antd'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useMe } from '#web/api/session.ts'
import { formatCount, formatInstant } from '../words/format.ts'
import { toCsv } from './csv.ts'
import { saveFile } from './save-file.ts'
import { readTable, sheetOfTable } from './table-sheet.ts'

interface TableMenuProps {
  title: string
  of: string
  prepare?(): void
}

/** The forms a table of figures leaves in. */
export function TableMenu({ title, of, prepare }: TableMenuProps) {
  const { t } = useTranslation()
  const me = useMe()
  const read = () => {
    if (prepare) flushSync(prepare)
    const place = document.getElementById(of)
    const table = place instanceof HTMLTableElement ? place : place?.querySelector('table')
    if (!table) throw new Error(`no table ${of}`)
    return readTable(table)
  }
  const name = `${title}-${me.asOf}`
  const save = async (format: 'xlsx' | 'csv') => {
    const table = read()
    if (format === 'csv') return saveFile(`${name}.csv`, toCsv(table.heads, table.rows), 'text/csv')
    const by = t('export.by', {
      name: me.name,
      username: me.username,
      at: formatInstant(new Date().toISOString()),
    })
    const rows = t('export.rows', { count: formatCount(table.rows.length) as never })
    const { workbookOf } = await import('./workbook.ts')
    const heading = `${title}（${me.area.name}，${me.asOf}）`
    return saveFile(`${name}.xlsx`, await workbookOf(sheetOfTable(table, heading, [rows, by])))
  }
  const print = () => {
    if (prepare) flushSync(prepare)
    window.print()
  }
  const items = [
    { key: 'xlsx', label: t('export.xlsx'), onClick: () => save('xlsx') },
    { key: 'csv', label: t('export.csv'), onClick: () => save('csv') },
    { key: 'print', label: t('export.print'), onClick: print },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="small">{t('export.title')} ▾</Button>
    </Dropdown>
  )
}
