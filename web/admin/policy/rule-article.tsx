import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Policy } from '#contract/feeds/policy.ts'
import { api } from '#web/api/client.ts'
import { useMay } from '#web/api/session.ts'
import { formatCount } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { SourceLine } from './source-line.tsx'

type Rule = Policy['rules'][number]

/** One rule as people read it: when it warns, its explanation for the household, what clears it, where it is written. */
export function RuleArticle({ rule, causes }: { rule: Rule; causes: Policy['causes'] }) {
  const { t } = useTranslation('policy')
  const text = useText()
  const cause = causes.find(({ id }) => id === rule.cause)
  return (
    <article className="panel rule" id={rule.id} aria-labelledby={`${rule.id}-title`}>
      <header>
        <a className="rule-id" href={`#${rule.id}`} aria-label={t('rule.link', { id: rule.id })}>
          {rule.id}
        </a>
        <h3 id={`${rule.id}-title`}>{text(rule.title)}</h3>
        {cause && <span className="muted">{text(cause.name)}</span>}
        <span className="rule-levels">
          {rule.levels.map((level) => (
            <RiskMark key={level} risk={level} />
          ))}
        </span>
        <OpenSignals rule={rule} />
      </header>
      <dl>
        <dt>{rule.cases.length > 1 ? t('rule.conditions') : t('rule.condition')}</dt>
        <dd>
          <ul className="cases">
            {rule.cases.map(({ level, words }) => (
              <li key={`${level}:${words.zh}`}>
                <RiskMark risk={level} text={false} />
                <span>{text(words)}</span>
              </li>
            ))}
          </ul>
        </dd>
        <dt>{t('rule.explanation')}</dt>
        <dd className="explanation">{text(rule.explanation)}</dd>
        <dt>{t('rule.clears')}</dt>
        <dd>{text(rule.clears)}</dd>
        <dt>{t('rule.needs')}</dt>
        <dd>
          <Needs feeds={rule.needs} />
        </dd>
        <dt>{t('source')}</dt>
        <dd>
          <SourceLine source={rule.source} />{' '}
          <span className="muted">{t('rule.version', { version: rule.version })}</span>
        </dd>
      </dl>
      <Examples rule={rule} />
    </article>
  )
}

/** The figure opens the list behind it. */
function OpenSignals({ rule }: { rule: Rule }) {
  const { t } = useTranslation('policy')
  const text = useText()
  const mayRead = useMay('clue.read')
  if (rule.openSignals === null) return null
  const n = formatCount(rule.openSignals)
  if (rule.openSignals === 0) return <span className="open-signals muted">{t('rule.openSignalsNone')}</span>
  if (!mayRead) return <span className="open-signals">{t('rule.openSignals', { n })}</span>
  return (
    <Link className="open-signals" to="/clues" search={{ rule: [rule.id] }}>
      {t('rule.openSignals', { n })}
      <span className="visually-hidden"> · {text(rule.title)}</span>
      <span aria-hidden="true"> ›</span>
    </Link>
  )
}

function Needs({ feeds }: { feeds: readonly string[] }) {
  const { t } = useTranslation('policy')
  const text = useText()
  const { data } = useQuery({ queryKey: ['feeds'], queryFn: () => api.feeds.list(), staleTime: 600_000 })
  if (feeds.length === 0) return t('rule.needsNone')
  // A department's account sees its own feeds only; the others keep their code.
  const names = feeds.map((code) => {
    const feed = data?.find((one) => one.code === code)
    return feed ? text(feed.name) : code
  })
  return (
    <>
      {names.join(' · ')} <span className="muted">({t('rule.needsLate')})</span>
    </>
  )
}

function Examples({ rule }: { rule: Rule }) {
  const { t } = useTranslation('policy')
  const text = useText()
  return (
    <details className="examples">
      <summary>{t('rule.examplesShow', { n: rule.examples.length })}</summary>
      <ul>
        {rule.examples.map(({ expect, words }) => (
          <li key={`${expect}:${words.zh}`}>
            <Outcome expect={expect} />
            <span>{text(words)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

const marks = {
  red: 'red',
  orange: 'orange',
  yellow: 'yellow',
  miss: 'none',
  'cannot-judge': 'unknown',
} as const

function Outcome({ expect }: { expect: string }) {
  const { t } = useTranslation('policy')
  const outcome = expect as keyof typeof marks
  return (
    <span className="outcome">
      <span aria-hidden="true">
        <RiskMark risk={marks[outcome] ?? 'unknown'} text={false} />
      </span>
      {t(`rule.outcome.${outcome}`)}
    </span>
  )
}
