import { Link } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SourceHealth } from '#contract/work/overview.ts'
import { useMay } from '#web/api/session.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'

/** Department by feed: until when its data reaches, and where it is late. */
export function Sources({ sources }: { sources: SourceHealth[] }) {
  const { t } = useTranslation('overview')
  const common = useTranslation().t
  const text = useText()
  const mayOpen = useMay('batch.read')
  const late = sources.filter(({ lateCounties }) => lateCounties.length > 0).length
  return (
    <section className="panel" aria-labelledby="sources-title">
      <h2 id="sources-title">{late > 0 ? t('sourcesFinding', { late }) : t('sourcesFine')}</h2>
      <TableExport title={t('sources')} of="sources-table" />
      <ScrollRegion label={t('sources')}>
        <table id="sources-table" className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('department')}</th>
              <th scope="col">{t('source')}</th>
              <th scope="col">{t('coveredUntil')}</th>
              <th scope="col">{t('lateCounties')}</th>
              <th scope="col" className="number">
                {t('held')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source.feed}>
                <td>{common(`department.${source.department as 'YB'}`)}</td>
                <th scope="row">
                  {mayOpen ? (
                    <Link to="/intake" search={{ feed: source.feed }}>
                      {text(source.name)}
                    </Link>
                  ) : (
                    text(source.name)
                  )}
                </th>
                <td>{source.coveredUntil ?? t('never')}</td>
                <td>
                  {source.lateCounties.length === 0 ? (
                    <span className="risk-mark">
                      <RiskMark risk="none" text={false} size={12} />
                      {t('onTime')}
                    </span>
                  ) : (
                    <Tooltip title={source.lateCounties.map(({ name }) => name).join(' ')}>
                      <button type="button" className="risk-mark bare">
                        <RiskMark risk="unknown" text={false} size={12} />
                        {source.lateCounties.length} / {source.counties}
                      </button>
                    </Tooltip>
                  )}
                </td>
                <td className="number">
                  {mayOpen && source.heldBatches > 0 ? (
                    <Link to="/intake" search={{ feed: source.feed, state: ['held'] }}>
                      {source.heldBatches}
                    </Link>
                  ) : (
                    source.heldBatches
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}
