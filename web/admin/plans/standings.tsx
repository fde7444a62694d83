import { useTranslation } from 'react-i18next'
import type { Measure, Standing } from '#contract/work/plans.ts'
import { formatChange, formatCount } from '#web/ui/words/format.ts'

const yuan = (fen: number) => formatCount(Math.round(fen / 100))

/** Income a head when a measure began and when it ended, as two bars against the line; open clues beside them. */
export function Standings({ measure, lineFen }: { measure: Measure; lineFen: number | null }) {
  const { t } = useTranslation('plans')
  const common = useTranslation().t
  const { before, after, state } = measure
  if (!before)
    return state === 'planned' ? <p className="muted standings-none">{t('standing.notYet')}</p> : null
  const incomes = [before.netIncomePerHeadFen, after?.netIncomePerHeadFen ?? null]
  const most = Math.max(...incomes.map((fen) => fen ?? 0), lineFen ?? 0, 1) * 1.1
  const [from, to] = incomes
  const change = typeof from === 'number' && typeof to === 'number' ? to - from : null
  return (
    <figure className="standings" aria-label={t('standing.title')}>
      <p className="muted">{t('standing.unit')}</p>
      <Bar name={t('standing.before')} one={before} most={most} lineFen={lineFen} />
      {after && <Bar name={t('standing.after')} one={after} most={most} lineFen={lineFen} />}
      <figcaption className="muted">
        {change !== null && (
          <strong className={change < 0 ? 'worse' : change > 0 ? 'better' : undefined}>
            {t('standing.change', { change: formatChange(Math.round(change / 100)) })}
          </strong>
        )}
        {after
          ? t('standing.cluesChange', { from: before.openClues, to: after.openClues })
          : t('standing.clues', { count: before.openClues })}
        <span className={lineFen === null ? 'muted' : 'line-key'}>
          {lineFen === null ? common('lineUnset') : t('standing.line', { yuan: yuan(lineFen) })}
        </span>
        {!after && state === 'under-way' && <span>{t('standing.waiting')}</span>}
      </figcaption>
    </figure>
  )
}

interface BarProps {
  name: string
  one: Standing
  most: number
  lineFen: number | null
}

function Bar({ name, one, most, lineFen }: BarProps) {
  const { t } = useTranslation('plans')
  const { on, netIncomePerHeadFen: income } = one
  return (
    <div className="standing">
      <span className="muted">
        {name} {on}
      </span>
      <span className={income === null ? 'standing-bar unknown' : 'standing-bar'} aria-hidden="true">
        {income !== null && <i style={{ width: `${(Math.max(income, 0) / most) * 100}%` }} />}
        {lineFen !== null && <b style={{ left: `${(lineFen / most) * 100}%` }} />}
      </span>
      <span className="number">
        {income === null ? (
          t('standing.incomeUnknown')
        ) : (
          <>
            <span className="visually-hidden">{t('standing.income', { yuan: yuan(income) })}</span>
            <span aria-hidden="true">{yuan(income)}</span>
          </>
        )}
      </span>
    </div>
  )
}
