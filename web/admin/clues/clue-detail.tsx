import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { Clue } from '#contract/clues.ts'
import { api } from '#web/api/client.ts'
import { formatInstant } from '#web/ui/format.ts'
import { MayButton } from '#web/ui/may-button.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { RiskMark } from '#web/ui/risk-mark.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/states.tsx'
import { useText } from '#web/ui/use-text.ts'
import { SignalEvidence } from './signal-evidence.tsx'
import { Timeline } from './timeline.tsx'

type ClueStory = z.infer<typeof Clue>

/** Reads top to bottom: the sentence, the evidence, the household, what happened, what would clear it, what next. */
export function ClueDetail({ id, onClose, onDispatch }: { id: string; onClose(): void; onDispatch(): void }) {
  const common = useTranslation().t
  const query = useQuery({ queryKey: ['clue', id], queryFn: () => api.clues.get({ id }) })
  return (
    <article className="story panel">
      <Button size="small" type="text" className="story-close no-print" onClick={onClose}>
        {common('close')} ×
      </Button>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={10} height={24} />}
      {query.data && <Story clue={query.data} onDispatch={onDispatch} />}
    </article>
  )
}

function Story({ clue, onDispatch }: { clue: ClueStory; onDispatch(): void }) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const text = useText()
  const { household } = clue
  const open = clue.signals.filter((signal) => signal.clearedOn === null)
  const past = clue.signals.filter((signal) => signal.clearedOn !== null)
  const clears = [...new Set(open.map((signal) => text(signal.clears)))]
  return (
    <>
      <PageHeader title={household.headName} />
      <p className="story-marks">
        <RiskMark risk={clue.level} />
        <Tag>{common(`cause.${clue.cause}`)}</Tag>
        <Tag>{common(`clueState.${clue.state}`)}</Tag>
        {clue.channel !== 'rule' && <Tag>{common(`channel.${clue.channel}`)}</Tag>}
        {clue.dueOn && (
          <span className={clue.overdue ? 'overdue' : 'muted'}>
            {t('due')} {clue.dueOn} {clue.overdue && t('overdueDays')} · {clue.assignee?.name}
            {clue.visitor && <> · {t('visitor', { visitor: clue.visitor })}</>}
          </span>
        )}
      </p>
      <p className="story-sentence">{text(clue.why)}</p>

      <section>
        <h2>{t('evidence')}</h2>
        {[...open, ...past].map((signal) => (
          <SignalEvidence key={signal.id} signal={signal} />
        ))}
        {clue.reports.length > 0 && (
          <>
            <h3>{t('reports')}</h3>
            <ul>
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
                {t('cannotJudgeText', { rule: text(one.title), feeds: one.feeds.map(text).join(' ') })}
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
        <p>
          {household.county.name} {household.township.name} {household.village.name} ·{' '}
          {common(`category.${household.category as 'stable'}`)} ·{' '}
          {t('members', { count: household.memberCount })}
        </p>
        <p className="muted">
          {clue.memberSummary.map((member) => `${member.name} ${member.age}`).join('  ·  ')}
        </p>
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

      <Actions clue={clue} onDispatch={onDispatch} />
    </>
  )
}

function Actions({ clue, onDispatch }: { clue: ClueStory; onDispatch(): void }) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const [recalling, setRecalling] = useState(false)
  return (
    <section className="story-actions no-print" aria-label={t('next')}>
      <MayButton
        type="primary"
        capability="clue.dispatch"
        hindrance={clue.state === 'cleared' ? t('stateCleared') : undefined}
        onClick={onDispatch}
      >
        {t('dispatch')}
      </MayButton>
      {clue.state === 'dispatched' && (
        <MayButton capability="clue.dispatch" onClick={() => setRecalling(true)}>
          {t('recall')}
        </MayButton>
      )}
      <Button onClick={() => window.print()}>{common('print')}</Button>
      {recalling && <RecallModal id={clue.id} onClose={() => setRecalling(false)} />}
    </section>
  )
}

function RecallModal({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const recall = useMutation({
    mutationFn: () => api.clues.recall({ id, reason }),
    onSuccess: async () => {
      await Promise.all(
        ['clues', 'clue', 'overview'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      )
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('recallTitle')}
      okText={t('recall')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: recall.isPending }}
      onOk={() => recall.mutate()}
      onCancel={onClose}
    >
      <p>{t('recallText')}</p>
      <label htmlFor="recall-reason">{t('recallReason')}</label>
      <Input.TextArea
        id="recall-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {recall.isError && <ErrorState error={recall.error} />}
    </Modal>
  )
}
