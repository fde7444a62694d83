import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { scaleBand, scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lastDayOfMonth } from '#contract/days.ts'
import { ClueState } from '#contract/work/clues.ts'
import type { Overview } from '#contract/work/overview.ts'
import { toCsv } from '#web/ui/files/csv.ts'
import { saveFile } from '#web/ui/files/save-file.ts'
import { savePicture } from '#web/ui/files/save-picture.ts'
import { useWidth } from '#web/ui/page/use-width.ts'
import { formatCount } from '#web/ui/words/format.ts'
import { TrendTable } from './trend-table.tsx'

type Month = Overview['trend'][number]

const height = 240
const margin = { top: 28, right: 60, bottom: 28, left: 48 }

/** Bars: opened in the month; line: open at its end. The title says the finding, the table stands one click behind. */
export function Trend({ trend, area }: { trend: Overview['trend']; area: Overview['area'] }) {
  const { t } = useTranslation('overview')
  const common = useTranslation().t
  const svg = useRef<SVGSVGElement>(null)
  const { ref, width } = useWidth<HTMLDivElement>(640)
  const [table, setTable] = useState(false)
  const last = trend.at(-1)
  const title = last
    ? t('trendFinding', { month: last.month, opened: formatCount(last.opened), open: formatCount(last.open) })
    : t('trendTitle')
  const csv = () =>
    toCsv(
      [t('month'), t('trendOpened'), t('trendEnded'), t('trendOpen')],
      trend.map(({ month, opened, ended, open }) => [month, opened, ended, open]),
    )
  const name = `${area.name}-${t('trendTitle')}`

  return (
    <section className="panel" aria-labelledby="trend-title">
      <div className="panel-head">
        <h2 id="trend-title">{title}</h2>
        <div className="no-print panel-tools">
          <Button size="small" type="text" aria-expanded={table} onClick={() => setTable(!table)}>
            {table ? common('hideTable') : common('showTable')}
          </Button>
          <Button size="small" type="text" onClick={() => saveFile(`${name}.csv`, csv(), 'text/csv')}>
            {common('exportCsv')}
          </Button>
          <Button
            size="small"
            type="text"
            onClick={() => svg.current && savePicture(svg.current, { title: `${area.name}  ${title}`, name })}
          >
            {common('exportPicture')}
          </Button>
        </div>
      </div>
      <div ref={ref}>
        <svg ref={svg} viewBox={`0 0 ${width} ${height}`} width={width} height={height} className="chart">
          <title>{t('trendTitle')}</title>
          <TrendDrawing trend={trend} area={area.code} width={width} />
        </svg>
      </div>
      {table && <TrendTable trend={trend} />}
    </section>
  )
}

function TrendDrawing({ trend, area, width }: { trend: Month[]; area: number; width: number }) {
  const { t } = useTranslation('overview')
  const last = trend.at(-1)
  const right = width - margin.right
  const x = scaleBand<string>()
    .domain(trend.map(({ month }) => month))
    .range([margin.left, right])
    .padding(0.35)
  const y = scaleLinear()
    .domain([0, Math.max(1, ...trend.flatMap((month) => [month.opened, month.open]))])
    .nice(4)
    .range([height - margin.bottom, margin.top])
  const middle = (month: string) => (x(month) ?? 0) + x.bandwidth() / 2
  const openLine = line<Month>()
    .x(({ month }) => middle(month))
    .y(({ open }) => y(open))
  // Where months stand closer than their names are wide, every other one is named.
  const every = x.step() < 36 ? 2 : 1
  const isNamed = (i: number) => (trend.length - 1 - i) % every === 0
  const nameOf = (month: string, i: number) =>
    i < every || month.endsWith('-01') ? month.slice(2) : month.slice(5)

  return (
    <>
      {y
        .ticks(4)
        .filter(Number.isInteger)
        .map((tick) => (
          <g key={tick} transform={`translate(0 ${y(tick)})`}>
            <line x1={margin.left} x2={right} className="grid" />
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
            openedTo: lastDayOfMonth(month),
            state: [...ClueState.options],
          }}
          data-figure="rows"
          aria-label={`${month} ${t('trendOpened')} ${opened}`}
        >
          <rect
            x={x(month)}
            width={x.bandwidth()}
            y={y(opened)}
            height={Math.max(0, y(0) - y(opened))}
            className="opened"
          >
            <title>{`${month} ${t('trendOpened')} ${formatCount(opened)}`}</title>
          </rect>
        </Link>
      ))}
      <path d={openLine(trend) ?? ''} className="open-line" />
      {trend.map(({ month }, i) =>
        isNamed(i) ? (
          <text key={month} x={middle(month)} y={height - 8} textAnchor="middle">
            {nameOf(month, i)}
          </text>
        ) : null,
      )}
      {last && (
        <>
          <circle cx={middle(last.month)} cy={y(last.open)} r="3" className="open-end" />
          <text x={right + 4} y={y(last.open)} dy="0.32em" className="open-name">
            {t('open')}
          </text>
          <text x={right + 4} y={Math.max(y(last.opened), y(last.open) + 16)} dy="0.32em">
            {t('trendOpened')}
          </text>
        </>
      )}
    </>
  )
}
