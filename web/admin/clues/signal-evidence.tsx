import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Signal } from '#contract/clues.ts'
import { useMay } from '#web/api/session.ts'
import { formatFigure, formatShare } from '#web/ui/format.ts'
import { RiskMark } from '#web/ui/risk-mark.tsx'
import { useText } from '#web/ui/use-text.ts'

/** One signal: what was found against the line, the rows that say so, and where the rule is written. */
export function SignalEvidence({ signal }: { signal: Signal }) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const text = useText()
  const mayOpen = useMay('batch.read')
  return (
    <div className={signal.clearedOn ? 'signal past' : 'signal'}>
      <p className="signal-head">
        <RiskMark risk={signal.level} text={false} />
        <span>{text(signal.sentence)}</span>
        <span className="muted">
          {signal.clearedOn
            ? t('clearedOn', { day: signal.clearedOn })
            : t('raisedOn', { day: signal.raisedOn })}
        </span>
      </p>
      {signal.measure && <Scale measure={signal.measure} level={signal.level} />}
      {signal.evidence.length > 0 && (
        <ul className="evidence">
          {signal.evidence.map((row) => {
            const source = t('sourceRow', {
              department: common(`department.${row.department as 'YB'}`),
              file: row.fileName,
              row: row.rowNo,
            })
            return (
              <li key={`${row.fileName}-${row.rowNo}`}>
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
        <Tag>{common(`status.${signal.source.status}`)}</Tag>
      </p>
    </div>
  )
}

const width = 420

/** value ─┼─ line on a small scale that begins at zero. */
function Scale({ measure, level }: { measure: NonNullable<Signal['measure']>; level: Signal['level'] }) {
  const { t, i18n } = useTranslation('clues')
  const text = useText()
  const { value, threshold, margin, unit } = measure
  const most = Math.max(value, threshold, 1) * 1.12
  const at = (figure: number) => (Math.max(figure, 0) / most) * width
  const say = (figure: number) => formatFigure(figure, unit, i18n.language)
  const marginText =
    margin === null
      ? ''
      : margin >= 1
        ? t('margin', { ratio: margin.toFixed(margin < 10 ? 1 : 0) })
        : t('marginBelow', { percent: formatShare(margin) })
  return (
    <div className="scale">
      <p>
        <span>{text(measure.label)}</span> <strong>{say(value)}</strong>{' '}
        <span className="muted">{marginText}</span>
      </p>
      <svg
        viewBox={`0 0 ${width} 34`}
        role="img"
        aria-label={`${text(measure.label)} ${say(value)}, ${t('threshold')} ${say(threshold)}`}
      >
        <rect x="0" y="6" width={width} height="8" rx="2" fill="#eceff2" />
        <rect x="0" y="6" width={at(value)} height="8" rx="2" fill={`var(--${level})`} />
        <line x1={at(threshold)} x2={at(threshold)} y1="1" y2="19" stroke="#1c2430" strokeWidth="2" />
        <text
          x={Math.min(Math.max(at(threshold), 60), width - 60)}
          y="31"
          textAnchor="middle"
          fontSize="11"
          fill="#5b6472"
        >
          {t('threshold')} {say(threshold)}
        </text>
      </svg>
    </div>
  )
}
