import { useTranslation } from 'react-i18next'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import type { Sheet } from './mapping.ts'

/** The first rows of the file as they will be read, masked by the server. */
export function PreviewTable({ sheet, used }: { sheet: Sheet; used: ReadonlySet<string> }) {
  const { t } = useTranslation('intake')
  if (sheet.preview.length === 0) return <p className="muted">{t('check.previewEmpty')}</p>
  const rows = sheet.preview.map((cells, i) => ({ rowNo: sheet.headerRow + i + 1, cells }))
  const columns = sheet.headers.map((header, i) => ({ key: `${i}:${header}`, header, i }))
  return (
    <ScrollRegion label={t('check.preview', { n: rows.length })}>
      <table className="sheet">
        <caption className="visually-hidden">{t('check.preview', { n: rows.length })}</caption>
        <thead>
          <tr>
            <th scope="col" className="row-no">
              {t('rejects.row')}
            </th>
            {columns.map(({ key, header }) => (
              <th key={key} scope="col" className={used.has(header) ? undefined : 'unused'}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ rowNo, cells }) => (
            <tr key={rowNo}>
              <th scope="row" className="row-no">
                {rowNo}
              </th>
              {columns.map(({ key, header, i }) => (
                <td key={key} className={used.has(header) ? undefined : 'unused'}>
                  {cells[i] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
