import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { Clue, ClueState } from '#contract/work/clues.ts'
import { api } from '#web/api/client.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { useUnknown } from '#web/ui/words/use-unknown.ts'
import { SignalEvidence } from './signal-evidence.tsx'
import { Timeline } from './timeline.tsx'

const RecallModal = lazyPart(() => import('../acts/recall-modal.tsx'), 'RecallModal')
const ReportModal = lazyPart(() => import('../acts/report-modal.tsx'), 'ReportModal')
type ClueStory = z.infer<typeof Clue>

interface ClueDetailProps {
  id: string
  onClose(): void
  onDispatch(): void
  onAssign(): void
}

/** Reads top to bottom: the sentence, the evidence, the household, what happened, what would clear it, what next. */
export function ClueDetail({ id, onClose, onDispatch, onAssign }: ClueDetailProps) {
  const common = useTranslation().t
  const query = useQuery({ queryKey: ['clue', id], queryFn: () => api.clues.get({ id }) })
  return (
    <article className="story panel">
      <Button size="small" type="text" className="story-close no-print" onClick={onClose}>
        {common('close')} ×
      </Button>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={10} height={24} />}
      {query.data && <Story clue={query.data} onDispatch={onDispatch} onAssign={onAssign} />}
    </article>
  )
}

interface StoryProps extends Pick<ClueDetailProps, 'onDispatch' | 'onAssign'> {
  clue: ClueStory
}

function Story({ clue, onDispatch, onAssign }: StoryProps) {
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

      <Actions clue={clue} onDispatch={onDispatch} onAssign={onAssign} />
    </>
  )
}

/** States in which somebody still has something to do. */
const running: readonly ClueState[] = ['new', 'dispatched', 'verifying']

function Actions({ clue, onDispatch, onAssign }: StoryProps) {
  const { t } = useTranslation('clues')
  const casework = useTranslation('visits').t
  const common = useTranslation().t
  const [recalling, setRecalling] = useState(false)
  const [reporting, setReporting] = useState(false)
  const ended = !running.includes(clue.state)
  return (
    <section className="story-actions no-print" aria-label={t('next')}>
      <p className="story-next">
        {t(`nextText.${clue.state}`, {
          place: clue.assignee?.name ?? '',
          dueOn: clue.dueOn ?? '',
          visitor: clue.visitor ?? '',
        })}
      </p>
      {clue.visit && (
        <Link
          to="/visits/$id"
          params={{ id: clue.visit }}
          className={clue.state === 'verifying' ? 'act-link first' : 'act-link'}
        >
          {casework('openVisit')}
        </Link>
      )}
      {clue.case && (
        <Link
          to="/cases/$id"
          params={{ id: clue.case }}
          className={clue.state === 'confirmed' ? 'act-link first' : 'act-link'}
        >
          {casework('openCase')}
        </Link>
      )}
      <MayButton
        type={clue.state === 'new' ? 'primary' : 'default'}
        capability="clue.dispatch"
        hindrance={ended ? t('stateCleared') : undefined}
        onClick={onDispatch}
      >
        {t('dispatch')}
      </MayButton>
      <MayButton
        type={clue.state === 'dispatched' ? 'primary' : 'default'}
        capability="visit.assign"
        hindrance={ended ? casework('assignHindrance') : undefined}
        onClick={onAssign}
      >
        {casework('assign')}
      </MayButton>
      {clue.state === 'dispatched' && (
        <MayButton capability="clue.dispatch" onClick={() => setRecalling(true)}>
          {t('recall')}
        </MayButton>
      )}
      <MayButton capability="clue.report" onClick={() => setReporting(true)}>
        {casework('reportShort')}
      </MayButton>
      <Button onClick={() => window.print()}>{common('print')}</Button>
      <Suspense fallback={null}>
        {recalling && <RecallModal id={clue.id} onClose={() => setRecalling(false)} />}
        {reporting && <ReportModal household={clue.household} onClose={() => setReporting(false)} />}
      </Suspense>
    </section>
  )
}
