import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { useUnknown } from '#web/ui/words/use-unknown.ts'
import { Actions, type ActionsProps } from './clue-actions.tsx'
import { SignalEvidence } from './signal-evidence.tsx'
import { Timeline } from './timeline.tsx'

interface ClueDetailProps extends Omit<ActionsProps, 'clue'> {
  id: string
  onClose(): void
}

/** Reads top to bottom: the sentence, the evidence, the household, what happened, what would clear it, what next. */
export function ClueDetail({ id, onClose, ...acts }: ClueDetailProps) {
  const common = useTranslation().t
  const query = useQuery({ queryKey: ['clue', id], queryFn: () => api.clues.get({ id }) })
  const story = useRef<HTMLElement>(null)
  // What was opened is read next; the list takes the focus back when it closes.
  useEffect(() => {
    if (id) story.current?.focus({ preventScroll: true })
  }, [id])
  return (
    <article ref={story} className="story panel" tabIndex={-1}>
      <Button size="small" type="text" className="story-close no-print" onClick={onClose}>
        {common('close')} ×
      </Button>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={10} height={24} />}
      {query.data && <Story key={id} clue={query.data} {...acts} />}
    </article>
  )
}

function Story({ clue, ...acts }: ActionsProps) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const text = useText()
  const unknown = useUnknown()
  const { household } = clue
  const open = clue.signals.filter((signal) => signal.clearedOn === null)
  const past = clue.signals.filter((signal) => signal.clearedOn !== null)
  const clears = [...new Set(open.map((signal) => text(signal.clears)))]
  return (
    <>
      <PageHeader
        title={household.headName}
        note={[
          `${household.county.name} ${household.township.name} ${household.village.name}`,
          common(`category.${household.category as 'stable'}`),
          common('people', { count: household.memberCount }),
        ].join(' · ')}
      />
      <p className="story-marks">
        <RiskMark risk={clue.level} />
        <Tag>{common(`cause.${clue.cause}`)}</Tag>
        <Tag>{common(`clueState.${clue.state}`)}</Tag>
        {clue.channel !== 'rule' && <Tag>{common(`channel.${clue.channel}`)}</Tag>}
        {clue.dueOn && (
          <span className={clue.overdue ? 'overdue' : 'muted'}>
            {t('due')} {clue.dueOn} {clue.overdue && t('overdueDays')}
            {clue.assignee && <> · {clue.assignee.name}</>}
            {clue.visitor && <> · {t('visitor', { visitor: clue.visitor })}</>}
          </span>
        )}
      </p>
      <p className="story-sentence">{text(clue.why)}</p>

      <section>
        <h2>{t('evidence')}</h2>
        {[...open, ...past].map((signal) => (
          <SignalEvidence
            key={signal.id}
            signal={signal}
            shown={text(clue.why)}
            because={clue.cannotJudge.find(({ rule }) => rule === signal.rule)?.because ?? []}
          />
        ))}
        {clue.reports.length > 0 && (
          <>
            <h3>{t('reports')}</h3>
            <ul className="reports">
              {clue.reports.map((report) => (
                <li key={report.id}>
                  <span className="muted">
                    {formatInstant(report.at)} · {common(`channel.${report.channel}`)} · {report.by}
                  </span>
                  <br />
                  {report.text}
                </li>
              ))}
            </ul>
          </>
        )}
        {clue.cannotJudge.length > 0 && (
          <ul className="cannot-judge">
            {clue.cannotJudge.map((one) => (
              <li key={one.rule}>
                <RiskMark risk="unknown" text={false} />
                {t('cannotJudgeText', {
                  rule: text(one.title),
                  reasons: one.because.map(unknown).join(t('semicolon')),
                })}
              </li>
            ))}
          </ul>
        )}
      </section>

      <section>
        <h2>{t('clears')}</h2>
        {clears.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </section>

      <section>
        <h2>{t('whoIsIt')}</h2>
        <p>{clue.memberSummary.map((member) => `${member.name} ${member.age ?? ''}`).join('  ·  ')}</p>
        <Link to="/households/$ref" params={{ ref: household.ref }} search={{}}>
          {t('openHousehold')} →
        </Link>
        {clue.others.length > 0 && (
          <>
            <h3>{t('otherClues')}</h3>
            <ul className="other-clues">
              {clue.others.map((other) => (
                <li key={other.id}>
                  <RiskMark risk={other.level} text={false} />
                  <Link to="/clues/$id" params={{ id: other.id }} search={true}>
                    {text(other.why)}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>

      <section>
        <h2>{t('timeline')}</h2>
        <Timeline entries={clue.timeline} />
      </section>

      <Actions clue={clue} {...acts} />
    </>
  )
}
