import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { BenchView } from '#contract/work/workbench.ts'
import type { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { formatCount } from '#web/ui/words/format.ts'
import { dueSumsQuery } from '../visits/index.ts'

export type Bench = Awaited<ReturnType<typeof api.workbench.get>>
/** Households by how they stand with the rhythm of their grade, where nobody has been sent. */
export type Rhythm = NonNullable<Bench['unassigned']['visit']>
/** Beside the groups of tasks: visits that are due, and households nobody was ever at. */
export const rhythmViews = ['rhythm', 'never'] as const
export type View = BenchView | (typeof rhythmViews)[number]

interface FiguresProps {
  data: Bench
  shown: readonly BenchView[]
  /** As the address says, at once; the list follows. */
  chosen: View
}

/** Every figure opens its list. */
export function Figures({ data, shown, chosen }: FiguresProps) {
  const { t } = useTranslation('workbench')
  const rhythm = data.unassigned.visit
  const current = (view: View) => (chosen === view ? 'true' : undefined)
  return (
    <nav className="bench-figures" aria-label={t('groups')}>
      {shown.map((group) => (
        <Link
          key={group}
          to="/workbench"
          search={{ group }}
          resetScroll={false}
          className={`bench-figure ${group}${data.counts[group] === 0 ? ' none' : ''}`}
          aria-current={current(group)}
        >
          <span>{t(`group.${group}`)}</span>
          <strong data-figure="rows">{formatCount(data.counts[group])}</strong>
        </Link>
      ))}
      {rhythm ? (
        rhythmViews.map((view) => (
          <Link
            key={view}
            to="/workbench"
            search={{ group: view }}
            resetScroll={false}
            className={figureClass(view, rhythm)}
            aria-current={current(view)}
          >
            <RhythmFigure view={view} rhythm={rhythm} />
          </Link>
        ))
      ) : (
        <CountyRhythm />
      )}
    </nav>
  )
}

const countOf = (view: (typeof rhythmViews)[number], { never, overdue, week }: Rhythm) =>
  view === 'never' ? never : overdue + week
const figureClass = (view: (typeof rhythmViews)[number], rhythm: Rhythm) =>
  `bench-figure ${view}${countOf(view, rhythm) === 0 ? ' none' : ''}`

function RhythmFigure({ view, rhythm }: { view: (typeof rhythmViews)[number]; rhythm: Rhythm }) {
  const { t } = useTranslation('workbench')
  const late = view === 'rhythm' && rhythm.overdue > 0
  return (
    <>
      <span>{t(view)}</span>
      <strong data-figure="rows">{formatCount(countOf(view, rhythm))}</strong>
      {late && <em>{t('rhythmLate', { count: formatCount(rhythm.overdue) as never })}</em>}
    </>
  )
}

/** A county's is counted beside the bench, which does not wait for it; above it the list is looked at county by county. */
function CountyRhythm() {
  const { area } = useMe()
  const { data } = useQuery({ ...dueSumsQuery(area.code), enabled: area.level === 'county' })
  if (!data) return null
  const sum = (key: keyof Rhythm) => data.rows.reduce((total, row) => total + row[key], 0)
  const rhythm = { never: sum('never'), overdue: sum('overdue'), week: sum('week') }
  return rhythmViews.map((view) => (
    <Link
      key={view}
      to="/visits/due"
      search={view === 'never' ? { when: 'never' } : {}}
      className={figureClass(view, rhythm)}
    >
      <RhythmFigure view={view} rhythm={rhythm} />
    </Link>
  ))
}
