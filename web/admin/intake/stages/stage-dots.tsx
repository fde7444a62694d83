import { useTranslation } from 'react-i18next'
import type { Batch } from '#contract/feeds/feeds.ts'
import { formatBytes, formatCount, formatShare } from '#web/ui/words/format.ts'
import { type Stage, type StageName, stagesOf } from './stages.ts'

/** The five stages in one line of a table. */
export function StageDots({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const stages = stagesOf(batch)
  const words = (stage: Stage) =>
    t('stage.one', { stage: t(`stage.${stage.name}`), state: t(`stage.state.${stage.state}`) })
  return (
    <ol className="stage-dots">
      {stages.map((stage) => (
        <li key={stage.name} className={stage.state} title={words(stage)}>
          <span className="dot" aria-hidden="true" />
          <span className="visually-hidden">{words(stage)}</span>
        </li>
      ))}
    </ol>
  )
}

/** The five stages large, with what each has done so far. */
export function StageTrack({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const stages = stagesOf(batch)
  return (
    <ol className="stage-track">
      {stages.map((stage) => (
        <li
          key={stage.name}
          className={stage.state}
          aria-current={stage.state === 'running' ? 'step' : undefined}
        >
          <span className="dot" aria-hidden="true" />
          <span className="stage-name">{t(`stage.${stage.name}`)}</span>
          <span className="stage-state">{t(`stage.state.${stage.state}`)}</span>
          <StageFigure batch={batch} stage={stage} />
        </li>
      ))}
    </ol>
  )
}

function StageFigure({ batch, stage }: { batch: Batch; stage: Stage }) {
  const { t } = useTranslation('intake')
  const lines = figuresOf(batch, stage.name).map(([key, count]) =>
    t(`stage.${key}`, { n: formatCount(count) }),
  )
  if (stage.name === 'receive') lines.push(formatBytes(batch.fileSize))
  if (stage.state === 'running' && batch.progress) {
    lines.splice(0, lines.length, t('stage.rows', { n: formatCount(batch.progress.rows) }))
  }
  const time = stageTime(batch.stageTimes[stage.name])
  return (
    <span className="stage-figure">
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {time !== undefined && stage.state === 'done' && (
        <span className="muted">{t('result.seconds', { value: time })}</span>
      )}
    </span>
  )
}

type FigureKey = 'rows' | 'rejected' | 'matched' | 'merged' | 'clues'

function figuresOf({ counts }: Batch, stage: StageName): [FigureKey, number][] {
  const { total, rejected, exact, inserted, superseded, newClues } = counts
  const figures: Record<StageName, [FigureKey, number | undefined][]> = {
    receive: [],
    check: [
      ['rows', total],
      ['rejected', rejected === 0 ? undefined : rejected],
    ],
    match: [['matched', exact]],
    merge: [['merged', inserted === undefined ? undefined : Math.max(inserted, superseded ?? 0)]],
    screen: [['clues', newClues]],
  }
  return figures[stage].flatMap(([key, count]) =>
    count === undefined ? [] : [[key, count] as [FigureKey, number]],
  )
}

function stageTime(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : (ms / 1000).toFixed(ms < 10_000 ? 2 : 1)
}

/** How far the whole way is done, as a bar. */
export function WholeWay({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const share = batch.progress?.share ?? 0
  const text = t('stage.share', { share: formatShare(share) })
  return (
    <div className="whole-way">
      <div
        className="whole-way-bar"
        role="progressbar"
        aria-label={t('history.stages')}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={text}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <span className="muted">{text}</span>
    </div>
  )
}
