import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportFilter } from '#contract/protection/exports.ts'
import type { IncomeWindow } from '#contract/registry/households.ts'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { formatYuan } from '#web/ui/words/format.ts'
import { ListExport } from '../exports/index.ts'

type Item = keyof IncomeWindow['items']

const figure = (
  key: string,
  head: string,
  fenOf: (window: IncomeWindow) => number | null,
): Column<IncomeWindow> => ({
  key,
  head,
  className: 'number',
  cell: (window) => {
    const fen = fenOf(window)
    return fen === null ? '–' : formatYuan(fen)
  },
})

/** Income items from the bottom up; costs come off the top. */
const earned: { key: Item; colour: string }[] = [
  { key: 'wageFen', colour: '#0f766e' },
  { key: 'businessGrossFen', colour: '#4d9b92' },
  { key: 'propertyFen', colour: '#8fbfb8' },
  { key: 'dibaoFen', colour: '#8a6d3b' },
  { key: 'tekunFen', colour: '#a98c58' },
  { key: 'pensionFen', colour: '#c4a972' },
  { key: 'familyPlanningFen', colour: '#d8c394' },
  { key: 'ecoCompensationFen', colour: '#e5d6b3' },
  { key: 'otherTransferFen', colour: '#efe6cf' },
]
const every: Item[] = [...earned.map(({ key }) => key), 'businessCostFen']

interface IncomeProps {
  windows: IncomeWindow[]
  isJudged: boolean
  filter: ExportFilter
}

/** Each window as a stacked bar per head against the lines in force at its end; the table stands one click behind. */
export function Income({ windows, isJudged, filter }: IncomeProps) {
  const { t } = useTranslation('households')
  const common = useTranslation().t
  const [table, setTable] = useState(false)
  const newest = windows[0]
  if (!newest) {
    return (
      <section className="panel">
        <h2>{t('income')}</h2>
        <p className="muted">{t('incomeNone')}</p>
      </section>
    )
  }
  const { monitoringLineFen: line, netPerHeadFen } = newest
  const isBelow = line !== null && netPerHeadFen < line
  const how = line === null ? 'incomeUnlined' : isBelow ? 'incomeBelow' : 'incomeAbove'
  const finding = t(isJudged ? how : 'incomeUnjudged', {
    from: newest.periodFrom,
    to: newest.periodTo,
    perHead: formatYuan(netPerHeadFen),
    line: line === null ? '' : formatYuan(line),
  })
  const heads = (window: IncomeWindow) =>
    Math.max(1, Math.round(window.netFen / (window.netPerHeadFen || window.netFen || 1)))
  const grossPerHead = (window: IncomeWindow) =>
    earned.reduce((sum, { key }) => sum + window.items[key], 0) / heads(window)
  const most =
    Math.max(...windows.map((window) => Math.max(grossPerHead(window), window.monitoringLineFen ?? 0)), 1) *
    1.05
  const used = earned.filter(({ key }) => windows.some((window) => window.items[key] > 0))
  return (
    <section className="panel">
      <div className="income-head">
        <h2>{finding}</h2>
        <span className="no-print">
          <Button size="small" type="text" onClick={() => setTable(!table)}>
            {table ? common('hideTable') : common('showTable')}
          </Button>
          <ListExport kind="income" filter={filter} rows={windows.length} />
        </span>
      </div>
      <ul className="income-bars">
        {windows.map((window) => (
          <li key={window.periodFrom + window.periodTo}>
            <span className="muted">
              {window.periodFrom.slice(0, 7)} – {window.periodTo.slice(0, 7)}
            </span>
            <span className="income-bar">
              {used.map(({ key, colour }) => (
                <i
                  key={key}
                  style={{
                    width: `${(window.items[key] / heads(window) / most) * 100}%`,
                    background: colour,
                  }}
                  title={`${t(`item.${key}`)} ${formatYuan(window.items[key])} ${t('yuan')}`}
                />
              ))}
              {window.povertyStandardFen !== null && (
                <b
                  className="line standard"
                  style={{ left: `${(window.povertyStandardFen / most) * 100}%` }}
                  title={`${t('povertyStandard')} ${formatYuan(window.povertyStandardFen)}`}
                />
              )}
              {window.monitoringLineFen !== null && (
                <b
                  className="line"
                  style={{ left: `${(window.monitoringLineFen / most) * 100}%` }}
                  title={`${t('monitoringLine')} ${formatYuan(window.monitoringLineFen)}`}
                />
              )}
              <b
                className="net"
                style={{ left: `${(Math.max(window.netPerHeadFen, 0) / most) * 100}%` }}
                title={`${t('perHead')} ${formatYuan(window.netPerHeadFen)}`}
              />
            </span>
            <strong className="number">
              {formatYuan(window.netPerHeadFen)} {t('yuan')}
            </strong>
          </li>
        ))}
      </ul>
      <p className="income-legend muted">
        {used.map(({ key, colour }) => (
          <span key={key}>
            <i style={{ background: colour }} />
            {t(`item.${key}`)}
          </span>
        ))}
        {newest.povertyStandardFen !== null && (
          <span>
            <i className="line standard" />
            {t('povertyStandard')} {formatYuan(newest.povertyStandardFen)}
          </span>
        )}
        {line !== null && (
          <span>
            <i className="line" />
            {t('monitoringLine')} {formatYuan(line)}
          </span>
        )}
        <span>
          <i className="net" />
          {t('perHead')}
        </span>
      </p>
      {table && (
        <ScrollRegion label={t('window')}>
          <ListTable
            rows={windows}
            columns={[
              {
                key: 'window',
                head: t('window'),
                isRowHead: true,
                cell: ({ periodFrom, periodTo }) => `${periodFrom} – ${periodTo}`,
              },
              ...every.map((key) => figure(key, t(`item.${key}`), ({ items }) => items[key])),
              figure('net', t('net'), ({ netFen }) => netFen),
              figure('perHead', t('perHead'), ({ netPerHeadFen }) => netPerHeadFen),
              figure('line', t('monitoringLine'), ({ monitoringLineFen }) => monitoringLineFen),
              figure('standard', t('povertyStandard'), ({ povertyStandardFen }) => povertyStandardFen),
            ]}
            keyOf={({ periodFrom, periodTo }) => periodFrom + periodTo}
            className="record-list wide-table"
          />
        </ScrollRegion>
      )}
    </section>
  )
}
