import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '#contract/work/visits.ts'
import { api } from '#web/api/client.ts'
import { useMay } from '#web/api/session.ts'
import { ReasonModal } from '#web/ui/form/reason-modal.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { useRolesWith } from '#web/ui/may/use-roles.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { type Draft, FindingFields, lackOf, wholeProof } from './report/finding-fields.tsx'

/** Another person decides clue by clue what the visitors found, or sends them once more. */
export function Decide({ visit }: { visit: Visit }) {
  const { t } = useTranslation('visits')
  const { message } = App.useApp()
  const client = useQueryClient()
  const hindrance = useHindrance(visit)
  const findings = new Map(visit.report?.findings.map((finding) => [finding.clue, finding]))
  const [drafts, setDrafts] = useState<Record<string, Draft>>({})
  const [green, setGreen] = useState<string>()
  const [tried, setTried] = useState(false)
  const [again, setAgain] = useState(false)
  const draftOf = (clue: string): Draft =>
    drafts[clue] ?? {
      outcome: findings.get(clue)?.outcome,
      reason: findings.get(clue)?.reason ?? null,
      note: '',
      proof: findings.get(clue)?.proof ?? null,
    }
  const decisions = visit.clues.map(({ id }) => ({ clue: id, ...draftOf(id) }))
  const count = (outcome: Draft['outcome']) => decisions.filter((one) => one.outcome === outcome).length
  const isGreenOpen = green !== undefined && green.trim() === '' && count('confirm') > 0
  const lacks = visit.mayDecide
    ? decisions.filter((one) => lackOf(one, findings.get(one.clue)?.outcome)).length + (isGreenOpen ? 1 : 0)
    : 0
  const complete = lacks === 0
  const done = async (next: Visit) => {
    client.setQueryData(['visit', visit.id], next)
    message.success(t('decided'))
    await Promise.all(
      ['clues', 'clue', 'visits', 'workbench', 'cases', 'household'].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    )
  }
  const decide = useMutation({
    mutationFn: () =>
      api.visits.decide({
        id: visit.id,
        decisions: decisions.map(({ clue, outcome = 'confirm', reason, note, proof }) => ({
          clue,
          outcome,
          reason,
          note,
          proof: outcome === 'solved' ? wholeProof(proof) : null,
        })),
        ...(green && count('confirm') > 0 ? { greenChannel: green } : {}),
      }),
    onSuccess: done,
  })
  return (
    <section className="panel no-print" aria-labelledby="decide-title">
      <h2 id="decide-title">{t('decide')}</h2>
      <p className="record-note">{t('decideNote')}</p>
      {visit.mayDecide &&
        visit.clues.map((clue) => (
          <FindingFields
            key={clue.id}
            clue={clue}
            theirs={findings.get(clue.id)}
            draft={draftOf(clue.id)}
            tried={tried}
            onChange={(draft) => setDrafts({ ...drafts, [clue.id]: draft })}
          />
        ))}
      {visit.mayDecide && count('confirm') > 0 && (
        <div className="finding">
          <Checkbox
            checked={green !== undefined}
            onChange={(event) => setGreen(event.target.checked ? '' : undefined)}
          >
            {t('green')}
          </Checkbox>
          {green !== undefined && (
            <Input
              value={green}
              maxLength={300}
              status={tried && green.trim() === '' ? 'error' : ''}
              placeholder={t('greenWhy')}
              aria-label={t('greenWhy')}
              onChange={(event) => setGreen(event.target.value)}
            />
          )}
        </div>
      )}
      {visit.mayDecide && (
        <output className="effect">
          {t('decideEffect', {
            confirm: count('confirm'),
            exclude: count('exclude'),
            solved: count('solved'),
          })}{' '}
          {count('confirm') > 0 && t('decideCase')}
        </output>
      )}
      <Failed of={decide} />
      <div className="record-actions">
        <MayButton
          type="primary"
          capability="visit.decide"
          hindrance={hindrance}
          loading={decide.isPending}
          onClick={() => (complete ? decide.mutate() : setTried(true))}
        >
          {t('submitDecision')}
        </MayButton>
        {visit.mayDecide && <Button onClick={() => setAgain(true)}>{t('again')}</Button>}
        {hindrance && <span className="muted">{hindrance}</span>}
        {lacks > 0 && (
          <output className={tried ? 'lack' : 'muted'}>{t('decideLacks', { count: lacks })}</output>
        )}
      </div>
      {again && (
        <ReasonModal
          title={t('againTitle')}
          text={t('againText')}
          act={(reason) => api.visits.decide({ id: visit.id, decisions: [], again: reason })}
          onDone={done}
          onClose={() => setAgain(false)}
        />
      )}
    </section>
  )
}

function useHindrance(visit: Visit): string | undefined {
  const { t } = useTranslation('visits')
  const roles = useRolesWith()
  const may = useMay('visit.decide')
  if (visit.mayDecide) return undefined
  if (!may) return t('notDecide.role', { roles: roles('visit.decide') })
  return visit.state === 'reported' ? t('notDecide.there') : t(`notDecide.${visit.state}`)
}
