import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { beijingDay, dayNumber, dayOfNumber } from '#contract/days.ts'
import type { ExportFilter } from '#contract/protection/exports.ts'
import type { Fact, FactGroup } from '#contract/registry/households.ts'
import { useMay, useMe } from '#web/api/session.ts'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { useWidth } from '#web/ui/page/use-width.ts'
import { fileAndSheet } from '#web/ui/words/file-and-sheet.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { ListExport } from '../exports/index.ts'

type Group = z.infer<typeof FactGroup>

/** Every fact by kind: one time axis for the whole, then a table per kind with file and row. */
export function Facts({ filter, groups }: { filter: ExportFilter; groups: Group[] }) {
  const { t } = useTranslation('households')
  const common = useTranslation().t
  const text = useText()
  const columns = useColumns()
  return (
    <section className="panel">
      <div className="income-head">
        <h2>{t('facts')}</h2>
        <ListExport
          kind="facts"
          filter={filter}
          rows={groups.reduce((sum, { facts }) => sum + facts.length, 0)}
        />
      </div>
      {groups.length === 0 && <p className="muted">{t('noFacts')}</p>}
      {groups.length > 0 && <TimeAxis groups={groups} />}
      {groups.map((group) => (
        <details key={group.feed} id={`facts-${group.feed}`} open={group.facts.length <= 6}>
          <summary>
            <strong>{text(group.name)}</strong>{' '}
            <span className="muted">
              {common(`department.${group.department as 'YB'}`)} · {group.facts.length}
            </span>
          </summary>
          <ScrollRegion label={text(group.name)}>
            <ListTable
              rows={group.facts}
              columns={columns}
              keyOf={(fact) => `${fileAndSheet(fact)}-${fact.rowNo}-${fact.knownFrom}`}
              className="record-list wide-table facts-table"
              rowClass={({ knownUntil }) => knownUntil !== null && 'superseded'}
            />
          </ScrollRegion>
        </details>
      ))}
    </section>
  )
}

function useColumns(): Column<z.infer<typeof Fact>>[] {
  const { t } = useTranslation('households')
  const text = useText()
  return [
    { key: 'date', head: t('date'), cell: ({ date }) => date ?? '–' },
    { key: 'person', head: t('person'), cell: ({ person }) => person ?? '–' },
    {
      key: 'content',
      head: t('content'),
      className: 'fact-fields',
      cell: ({ fields }) =>
        fields.map((field) => (
          <span key={field.key}>
            <span className="muted">{text(field.label)}</span> {text(field.value)}
          </span>
        )),
    },
    { key: 'source', head: t('source'), cell: (fact) => <Source fact={fact} /> },
  ]
}

function Source({ fact }: { fact: z.infer<typeof Fact> }) {
  const { t } = useTranslation('households')
  const mayOpen = useMay('batch.read')
  const source = t('sourceRow', { file: fileAndSheet(fact), row: fact.rowNo })
  return (
    <>
      {mayOpen && fact.batch ? (
        <Link to="/intake/$ref" params={{ ref: fact.batch }}>
          {source}
        </Link>
      ) : (
        source
      )}
      {fact.knownUntil && (
        <span className="muted"> {t('supersededOn', { day: beijingDay(fact.knownUntil) })}</span>
      )}
    </>
  )
}

/** Below this it scrolls: years closer than that cannot be distinguished. */
const narrowest = 640
const rowHeight = 22
const left = 128

function TimeAxis({ groups }: { groups: Group[] }) {
  const { t } = useTranslation('households')
  const text = useText()
  const today = useMe().asOf
  const frame = useWidth<HTMLDivElement>(900)
  const width = Math.max(frame.width, narrowest)
  const dated = groups
    .map((group) => ({
      group,
      days: group.facts.flatMap((fact) => (fact.date && !fact.knownUntil ? [fact.date] : [])),
    }))
    .filter(({ days }) => days.length > 0)
  if (dated.length === 0) return null
  const first = dated.flatMap(({ days }) => days).toSorted()[0] ?? today
  const from = Math.max(dayNumber(`${first.slice(0, 4)}-01-01`), dayNumber(today) - 6 * 365)
  const to = dayNumber(today)
  const at = (day: string) =>
    left + ((Math.max(dayNumber(day), from) - from) / Math.max(to - from, 1)) * (width - left - 12)
  const firstYear = Number(dayOfNumber(from).slice(0, 4))
  const years = Array.from({ length: Number(today.slice(0, 4)) - firstYear + 1 }, (_, i) =>
    String(firstYear + i),
  )
  const height = dated.length * rowHeight + 24
  return (
    <div ref={frame.ref}>
      <ScrollRegion label={t('timeAxis')}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          className="time-axis"
          role="img"
          aria-label={t('timeAxis')}
        >
          {years.map((year) => (
            <g key={year}>
              <line
                x1={at(`${year}-01-01`)}
                x2={at(`${year}-01-01`)}
                y1="0"
                y2={height - 20}
                stroke="#e3e6ea"
              />
              <text x={at(`${year}-01-01`) + 4} y={height - 6}>
                {year}
              </text>
            </g>
          ))}
          {dated.map(({ group, days }, row) => (
            <g key={group.feed}>
              <text x={left - 12} y={row * rowHeight + 16} textAnchor="end">
                {text(group.name)}
              </text>
              {[...new Set(days)].map((day) => (
                <circle
                  key={day}
                  cx={at(day)}
                  cy={row * rowHeight + 12}
                  r="4"
                  fill="#0f766e"
                  fillOpacity="0.65"
                >
                  <title>{`${text(group.name)} ${day}`}</title>
                </circle>
              ))}
            </g>
          ))}
        </svg>
      </ScrollRegion>
    </div>
  )
}
