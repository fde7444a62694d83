import { useTranslation } from 'react-i18next'
import type { Overview } from '#contract/work/overview.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { formatCount } from '#web/ui/words/format.ts'

/** The numbers behind the drawing. */
export function TrendTable({ trend }: { trend: Overview['trend'] }) {
  const { t } = useTranslation('overview')
  return (
    <ScrollRegion label={t('trendTitle')}>
      <TableExport title={t('trendTitle')} of="trend-table" />
      <table id="trend-table" className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('month')}</th>
            <th scope="col" className="number">
              {t('trendOpened')}
            </th>
            <th scope="col" className="number">
              {t('trendEnded')}
            </th>
            <th scope="col" className="number">
              {t('trendOpen')}
            </th>
          </tr>
        </thead>
        <tbody>
          {trend.map((month) => (
            <tr key={month.month}>
              <th scope="row">{month.month}</th>
              <td className="number">{formatCount(month.opened)}</td>
              <td className="number">{formatCount(month.ended)}</td>
              <td className="number">{formatCount(month.open)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
