import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Clue, ClueState } from '#contract/work/clues.ts'
import { api } from '#web/api/client.ts'
import { useMay, useMe } from '#web/api/session.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { keepTo, lastTo, useReceiverText } from '../acts/receiver.ts'
import { useHandedOn, useRefreshClues } from '../acts/use-undo.tsx'
import { useHandOnKey } from '../queue/hand-on-key.ts'

const RecallModal = lazyPart(() => import('../acts/recall-modal.tsx'), 'RecallModal')
const ReportModal = lazyPart(() => import('../acts/report-modal.tsx'), 'ReportModal')

/** States in which somebody still has something to do. */
const running: readonly ClueState[] = ['new', 'dispatched', 'verifying']

export interface ActionsProps {
  clue: Clue
  onDispatch(): void
  onAssign(): void
  /** Opens the next clue of the list. */
  onNext(): Promise<unknown>
}

/** What may be done next: handing on comes first and goes on to the next clue of the list. */
export function Actions({ clue, onDispatch, onAssign, onNext }: ActionsProps) {
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
      {!ended && <HandOn clue={clue} onNext={onNext} />}
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
        capability="clue.dispatch"
        hindrance={ended ? t('stateCleared') : clue.receivers.length === 0 ? t('beingVerified') : undefined}
        onClick={onDispatch}
      >
        {t(clue.state === 'new' ? 'dispatch' : 'dispatchAgain')}
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
      <Button onClick={onNext}>{t('seeNext')}</Button>
      <Button onClick={() => window.print()}>{common('print')}</Button>
      <Suspense fallback={null}>
        {recalling && (
          <RecallModal id={clue.id} isOwn={clue.mayWithdraw} onClose={() => setRecalling(false)} />
        )}
        {reporting && <ReportModal household={clue.household} onClose={() => setReporting(false)} />}
      </Suspense>
    </section>
  )
}

/** One click hands the clue on by the limit of the policy, says to whom beforehand, and opens the next. */
function HandOn({ clue, onNext }: Pick<ActionsProps, 'clue' | 'onNext'>) {
  const { t } = useTranslation('clues')
  const { level } = useMe().area
  const may = useMay('clue.dispatch')
  const receiverText = useReceiverText()
  const refresh = useRefreshClues()
  const { notify } = useHandedOn()
  const [wanted, setWanted] = useState(lastTo)
  const isTownship = level === 'township' || level === 'village'
  const receivers = clue.receivers.filter(({ to }) => !(isTownship && to === 'township'))
  const receiver = receivers.find(({ to }) => to === wanted) ?? receivers[0]
  const { headName } = clue.household
  const handOn = useMutation({
    async mutationFn() {
      if (!receiver) return
      const { dueOn } = await api.clues.dispatch({
        ...{ ids: [clue.id], to: receiver.to, note: '', dryRun: false },
        deadlineWorkingDays: clue.defaultDeadlineWorkingDays,
      })
      notify(t('handedOn', { name: headName, receiver: receiverText(receiver), dueOn }), [clue.id])
      // The next is known from the list as it was, before the list is asked for anew.
      await onNext()
      await refresh()
    },
  })
  useHandOnKey(() => (may && receiver && !handOn.isPending ? handOn.mutate() : undefined))
  if (!receiver || !may) return null
  return (
    <div className="hand-on">
      <span>
        {t(clue.state === 'new' ? 'handOnText' : 'handOnAgainText', {
          name: headName,
          receiver: receiverText(receiver),
          days: clue.defaultDeadlineWorkingDays,
        })}
      </span>
      {receivers.length > 1 && (
        <Segmented
          size="small"
          value={receiver.to}
          aria-label={t('dispatchTo')}
          options={receivers.map(({ to }) => ({
            value: to,
            label: t(to === 'township' ? 'toTownship' : 'toVillage'),
          }))}
          onChange={(to) => {
            keepTo(to)
            setWanted(to)
          }}
        />
      )}
      <Button type="primary" loading={handOn.isPending} onClick={() => handOn.mutate()}>
        {t(clue.state === 'new' ? 'handOnAndNext' : 'handOnAgainAndNext')}
      </Button>
      <Failed of={handOn} />
    </div>
  )
}
