import { Button } from 'antd'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import './table-export.css'
import { lazyPart } from '../page/lazy-part.ts'

// The menu weighs as much as a page.
const TableMenu = lazyPart(() => import('./table-menu.tsx'), 'TableMenu')

interface TableExportProps {
  /** Of the file. */
  title: string
  /** Id of the table, or of what holds it. */
  of: string
  /** Shows what of the table is folded away. */
  prepare?(): void
}

/**
 * How a table of figures leaves as it stands on the page: as a workbook, as csv, or on paper. About nobody: people leave by `ListExport`.
 */
export function TableExport(props: TableExportProps) {
  const { t } = useTranslation()
  return (
    <div className="table-export no-print">
      <Suspense fallback={<Button size="small">{t('export.title')}</Button>}>
        <TableMenu {...props} />
      </Suspense>
    </div>
  )
}
