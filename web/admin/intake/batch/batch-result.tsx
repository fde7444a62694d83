import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Batch } from '#contract/feeds/feeds.ts'
import { useMay } from '#web/api/session.ts'
import { formatCount, formatShare } from '#web/ui/words/format.ts'
import { whereRowsWent } from '../outcome.ts'
import { rowIn } from '../row-in.ts'
import { isRunning } from '../stages/stages.ts'

type Figure = keyof typeof units
const units = {
  total: 'rowUnit',
  new: 'factUnit',
  corrected: 'factUnit',
  households: 'householdUnit',
  clues: 'factUnit',
} as const

/** What came of a batch: one sentence, where the rows went, the figures. */
export function BatchResult({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  if (batch.state === 'failed') return null
  const { counts } = batch
  const running = isRunning(batch)
  const figures: Record<Figure, number | undefined> = {
    total: counts.total,
    new: counts.inserted,
    corrected: counts.superseded,
    households: counts.touchedHouseholds,
    clues: counts.newClues,
  }
  return (
    <section className="panel result" aria-labelledby="result-title">
      <h2 id="result-title">{t('result.title')}</h2>
      <Sentence batch={batch} />
      <WhatWasRead batch={batch} />
      <WaitingRefunds batch={batch} />
      <ClueLink batch={batch} />
      {(running || counts.touchedHouseholds !== undefined) && (
        <dl className="figures">
          {(Object.keys(units) as Figure[]).map((figure) => (
            <div key={figure}>
              <dt>{t(`result.${figure}`)}</dt>
              <dd>
                {figures[figure] === undefined ? '–' : formatCount(figures[figure])}{' '}
                <span className="unit">{t(`result.${units[figure]}`)}</span>
              </dd>
              <dd className="hint">{t(`result.hints.${figure}`)}</dd>
            </div>
          ))}
        </dl>
      )}
      <WhereRowsWent batch={batch} />
    </section>
  )
}

function Sentence({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const { counts, state } = batch
  // Why it is held stands above, with what to do.
  if (state === 'held') return null
  const total = formatCount(counts.total ?? 0)
  const sentence = () => {
    if (isRunning(batch)) return t('result.running')
    if (state === 'refused') return t('result.refused')
    if (state === 'unchanged') return t('result.unchanged')
    if (!counts.touchedHouseholds) return t('result.mergedNone', { total })
    return t('result.merged', {
      total,
      households: formatCount(counts.touchedHouseholds),
      clues: formatCount(counts.newClues ?? 0),
    })
  }
  return (
    <p className="sentence" role="status">
      {sentence()}
    </p>
  )
}

/** Said where it is not simply the one sheet one sees. */
function WhatWasRead({ batch: { sheets, leftSheets, hiddenRows } }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  if (!sheets && leftSheets.length === 0 && !hiddenRows) return null
  return (
    <ul className="what-was-read muted">
      {sheets && <li>{t('result.sheets', { n: formatCount(sheets.length), sheets: sheets.join('、') })}</li>}
      {leftSheets.length > 0 && <li>{t('result.leftSheets', { sheets: leftSheets.join('、') })}</li>}
      {hiddenRows ? <li>{t('result.hiddenRows', { n: formatCount(hiddenRows) })}</li> : null}
    </ul>
  )
}

/** Refunds whose bill is not known: named, for they take nothing back until it comes. */
function WaitingRefunds({ batch: { waitingRefunds } }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const { count, rows } = waitingRefunds
  if (count === 0) return null
  return (
    <p className="waiting-refunds">
      {t('result.waitingRefunds', { n: formatCount(count), rows: rows.map(rowIn).join('、') })}
    </p>
  )
}

/** New clues lead to the list of those opened on the day the batch was judged. */
function ClueLink({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const mayRead = useMay('clue.read')
  const clues = batch.counts.newClues
  if (batch.state !== 'merged' || !clues || !mayRead) return null
  return (
    <p>
      <Link
        className="clue-link"
        to="/clues"
        search={{ openedFrom: batch.asOf, openedTo: batch.asOf, area: batch.area.code }}
      >
        {t('result.openClues')} ›
      </Link>
    </p>
  )
}

/** One bar for all rows of the file, its parts named below with their numbers. */
function WhereRowsWent({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const parts = whereRowsWent(batch)
  const total = batch.counts.total ?? 0
  if (!parts || total === 0) return null
  return (
    <div className="where">
      <h3>{t('result.where', { total: formatCount(total) })}</h3>
      <div className="where-bar" aria-hidden="true">
        {parts.map(({ outcome, rows }) => (
          <span key={outcome} className={outcome} style={{ flexGrow: rows }} />
        ))}
      </div>
      <table>
        <tbody>
          {parts.map(({ outcome, rows }) => (
            <tr key={outcome}>
              <th scope="row">
                <span className={`swatch ${outcome}`} aria-hidden="true" />
                {t(`result.outcome.${outcome}`)}
              </th>
              <td className="number">{t('stage.rows', { n: formatCount(rows) })}</td>
              <td className="number muted">{formatShare(rows / total)}</td>
              <td className="muted">{t(`result.outcomeHints.${outcome}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
