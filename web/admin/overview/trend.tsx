import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { scaleBand, scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Overview } from '#contract/overview.ts'
import { formatCount } from '#web/ui/format.ts'
import { saveFile } from '#web/ui/save-file.ts'

const width = 760
const height = 240
const margin = { top: 24, right: 64, bottom: 28, left: 48 }

const lastDay = (month: string) =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10)

/** Bars: opened in the month; line: open at its end. The title says the finding, the table stands one click behind. */
export function Trend({ trend, area }: { trend: Overview['trend']; area: number }) {
  const { t } = useTranslation('overview')
  const common = useTranslation().t
  const svg = useRef<SVGSVGElement>(null)
  const [table, setTable] = useState(false)
  const last = trend.at(-1)
  const top = Math.max(1, ...trend.flatMap((month) => [month.opened, month.open]))
  const x = scaleBand<string>()
    .domain(trend.map(({ month }) => month))
    .range([margin.left, width - margin.right])
    .padding(0.35)
  const y = scaleLinear()
    .domain([0, top])
    .nice(4)
    .range([height - margin.bottom, margin.top])
  const middle = (month: string) => (x(month) ?? 0) + x.bandwidth() / 2
  const openLine = line<Overview['trend'][number]>()
    .x(({ month }) => middle(month))
    .y(({ open }) => y(open))
  const title = last
    ? t('trendFinding', { ...last, opened: formatCount(last.opened), open: formatCount(last.open) })
    : t('trendTitle')
  const csv = [
    'month,opened,ended,open',
    ...trend.map((m) => `${m.month},${m.opened},${m.ended},${m.open}`),
  ].join('\n')

  return (
    <section className="panel" aria-labelledby="trend-title">
      <div className="panel-head">
        <h2 id="trend-title">{title}</h2>
        <div className="no-print panel-tools">
          <Button size="small" type="text" onClick={() => setTable(!table)}>
            {table ? common('hideTable') : common('showTable')}
          </Button>
          <Button size="small" type="text" onClick={() => saveFile('trend.csv', csv, 'text/csv')}>
            {common('exportCsv')}
          </Button>
          <Button size="small" type="text" onClick={() => savePicture(svg.current)}>
            {common('exportPicture')}
          </Button>
        </div>
      </div>
      <svg ref={svg} viewBox={`0 0 ${width} ${height}`} className="chart">
        <title>{t('trendTitle')}</title>
        {y.ticks(4).map((tick) => (
          <g key={tick} transform={`translate(0 ${y(tick)})`}>
            <line x1={margin.left} x2={width - margin.right} stroke="#e3e6ea" />
            <text x={margin.left - 8} dy="0.32em" textAnchor="end">
              {formatCount(tick)}
            </text>
          </g>
        ))}
        <text x={margin.left - 8} y={12} textAnchor="end">
          {t('count')}
        </text>
        {trend.map(({ month, opened }) => (
          <Link
            key={month}
            to="/clues"
            search={{
              area,
              openedFrom: `${month}-01`,
              openedTo: lastDay(month),
              state: ['new', 'dispatched', 'cleared'],
            }}
            aria-label={`${month} ${t('trendOpened')} ${opened}`}
          >
            <rect
              x={x(month)}
              width={x.bandwidth()}
              y={y(opened)}
              height={Math.max(0, y(0) - y(opened))}
              fill="#7fb8b2"
            >
              <title>{`${month} ${t('trendOpened')} ${formatCount(opened)}`}</title>
            </rect>
          </Link>
        ))}
        <path d={openLine(trend) ?? ''} fill="none" stroke="#0f766e" strokeWidth="2" />
        {trend.map(({ month }, i) => (
          <text key={month} x={middle(month)} y={height - 8} textAnchor="middle">
            {i === 0 || month.endsWith('-01') ? month.slice(2) : month.slice(5)}
          </text>
        ))}
        {last && (
          <>
            <text x={width - margin.right + 6} y={y(last.open)} dy="0.32em" fill="#0f766e">
              {t('trendOpen')}
            </text>
            <text
              x={width - margin.right + 6}
              y={y(last.opened)}
              dy={Math.abs(y(last.open) - y(last.opened)) < 16 ? '1.6em' : '0.32em'}
            >
              {t('trendOpened')}
            </text>
          </>
        )}
      </svg>
      {table && (
        <div className="scroll-x">
          <table className="plain-table">
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
        </div>
      )}
    </section>
  )
}

function savePicture(svg: SVGSVGElement | null) {
  if (!svg) return
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('font-family', 'sans-serif')
  copy.setAttribute('font-size', '12')
  saveFile('trend.svg', new XMLSerializer().serializeToString(copy), 'image/svg+xml')
}
