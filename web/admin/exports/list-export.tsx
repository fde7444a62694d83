import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportFilter, ExportKind } from '#contract/protection/exports.ts'
import { useMay } from '#web/api/session.ts'
import { withTexts } from '#web/locales/i18n.ts'
import type { PagedList } from '#web/ui/list/use-paged-list.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { exportsTexts } from './locales/index.ts'

// The menu weighs as much as a page.
const ExportMenu = lazyPart(() => withTexts([exportsTexts], import('./export-menu.tsx')), 'ExportMenu')

interface ListExportProps {
  kind: ExportKind
  /** The list on the page: the file holds what it shows, all pages of it. */
  list?: Pick<PagedList<object, { total: number }>, 'filter' | 'query'>
  /** Where the file is requested for by something else than the list's filter. */
  filter?: ExportFilter
  rows?: number | undefined
  /** Other files of the same list. */
  also?: readonly ExportKind[]
}

/** How a list leaves: as a workbook, as csv, or on paper. One line on the page of the list. */
export function ListExport({ kind, list, filter, rows, also = [] }: ListExportProps) {
  const { t } = useTranslation()
  const may = useMay('export.request')
  const { data, isPlaceholderData } = list?.query ?? {}
  const requested = filter ?? { ...list?.filter }
  const count = rows ?? (isPlaceholderData ? undefined : data?.total)
  if (!may) return <MayButton capability="export.request">{t('export.title')}</MayButton>
  return (
    <Suspense fallback={<MayButton capability="export.request">{t('export.title')}</MayButton>}>
      <ExportMenu kinds={[kind, ...also]} filter={requested} rows={count} />
    </Suspense>
  )
}
