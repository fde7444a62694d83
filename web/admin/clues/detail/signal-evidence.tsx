import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Unit } from '#contract/common.ts'
import type { Unknown } from '#contract/registry/unknown.ts'
import type { Signal } from '#contract/work/clues.ts'
import { useMay } from '#web/api/session.ts'
import { fileAndSheet } from '#web/ui/words/file-and-sheet.ts'
import { formatFigure, formatShare } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { useUnknown } from '#web/ui/words/use-unknown.ts'

interface SignalEvidenceProps {
  signal: Signal
  /** The sentence that stands above all evidence; it is not said twice. */
  shown: string
  /** Why the rule cannot be judged today, where it cannot. */
  because: readonly Unknown[]
}

/** One signal: what was found against the line, the rows that say so, and where the rule is written. */
export function SignalEvidence({ signal, shown, because }: SignalEvidenceProps) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const text = useText()
  const unknown = useUnknown()
  const mayOpen = useMay('batch.read')
  return (
    <div className={signal.clearedOn ? 'signal past' : 'signal'}>
      <p className="signal-head">
        <RiskMark risk={signal.level} text={false} />
        <strong>{text(signal.ruleTitle)}</strong>
        <span className="muted">
          {signal.clearedOn
            ? t(`ended.${signal.ended ?? 'untrue'}`, { day: signal.clearedOn })
            : t('raisedOn', { day: signal.raisedOn })}
        </span>
      </p>
      {text(signal.sentence) !== shown && <p>{text(signal.sentence)}</p>}
      {signal.silent && (
        <p className="silent">
          <RiskMark risk="unknown" text={false} /> {t('silent', signal.silent)}{' '}
          {because.map(unknown).join(t('semicolon'))}
        </p>
      )}
      {signal.measure && <Measured measure={signal.measure} level={signal.level} />}
      {signal.evidence.length > 0 && (
        <ul className="evidence">
          {signal.evidence.map((row) => {
            const source = t('sourceRow', {
              department: common(`department.${row.department as 'YB'}`),
              file: fileAndSheet(row),
              row: row.rowNo,
            })
            return (
              <li key={`${fileAndSheet(row)}-${row.rowNo}`}>
                <span>
                  {row.date && <time dateTime={row.date}>{row.date}</time>} {row.person} {text(row.text)}
                </span>
                {mayOpen && row.batch ? (
                  <Link to="/intake/$ref" params={{ ref: row.batch }} className="muted">
                    {source}
                  </Link>
                ) : (
                  <span className="muted">{source}</span>
                )}
              </li>
            )
          })}
        </ul>
      )}
      <p className="muted small">
        <Link to="/policy" hash={signal.rule} search={{}}>
          {t('ruleLine', { rule: signal.rule, version: signal.ruleVersion, title: text(signal.ruleTitle) })}
        </Link>{' '}
        {t('article', { document: text(signal.source.document), article: signal.source.article })}{' '}
        {signal.source.status === 'unverified' && <Tag>{t('unverified')}</Tag>}
        {signal.source.sampleOf && (
          <Tag>{common('sampleOf', { province: text(signal.source.sampleOf) })}</Tag>
        )}
      </p>
    </div>
  )
}

interface MeasuredProps {
  measure: NonNullable<Signal['measure']>
  level: Signal['level']
}

/** A handful of people or a grade is a figure; a picture of it would say nothing. */
const counted: ReadonlySet<Unit> = new Set(['count', 'grade', 'bool'])

function Measured({ measure, level }: MeasuredProps) {
  const { t, i18n } = useTranslation('clues')
  const text = useText()
  const format = (figure: number) => formatFigure(figure, measure.unit, i18n.language)
  if (!counted.has(measure.unit)) return <Scale measure={measure} level={level} />
  return (
    <p className="scale">
      {t('figure', {
        label: text(measure.label),
        value: format(measure.value),
        line: format(measure.threshold),
      })}
    </p>
  )
}

/** value ─┼─ line on a small scale that begins at zero. */
function Scale({ measure, level }: MeasuredProps) {
  const { t, i18n } = useTranslation('clues')
  const text = useText()
  const { value, threshold, margin, unit } = measure
  const most = Math.max(value, threshold, 1) * 1.12
  const at = (figure: number) => `${(Math.max(figure, 0) / most) * 100}%`
  const format = (figure: number) => formatFigure(figure, unit, i18n.language)
  const marginText =
    margin === null
      ? ''
      : margin >= 1
        ? t('margin', { ratio: margin.toFixed(margin < 10 ? 1 : 0) })
        : t('marginBelow', { percent: formatShare(margin) })
  return (
    <div className="scale">
      <p>
        <span>{text(measure.label)}</span> <strong>{format(value)}</strong>{' '}
        <span className="muted">{marginText}</span>
      </p>
      <div className="scale-bar" aria-hidden="true">
        <i style={{ width: at(value), background: `var(--${level})` }} />
        <b style={{ left: at(threshold) }} />
        <span style={{ left: `clamp(64px, ${at(threshold)}, 100% - 64px)` }}>
          {t('threshold')} {format(threshold)}
        </span>
      </div>
      <span className="visually-hidden">
        {t('threshold')} {format(threshold)}
      </span>
    </div>
  )
}
