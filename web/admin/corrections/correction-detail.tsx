import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import '#web/ui/list/records.css'
import { Failed } from '#web/ui/page/failed.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { Propose, SendBack } from './answer.tsx'
import { CorrectionDue } from './correction-due.tsx'
import { Steps } from './steps.tsx'

/** What is said to be wrong, and the word of two people on it. */
export function CorrectionDetail({ id }: { id: string }) {
  const { t } = useTranslation('rights')
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['corrections', 'one', id], queryFn: () => api.corrections.get({ id }) })
  const [answering, setAnswering] = useState<'propose' | 'send-back'>()
  const refresh = () => queries.invalidateQueries({ queryKey: ['corrections'] })
  const done = async () => {
    setAnswering(undefined)
    await refresh()
  }
  // Whoever took it may already write the answer; word from a slow server must not close the form.
  const take = useMutation({ mutationFn: () => api.corrections.assign({ id }), onSuccess: refresh })
  const confirm = useMutation({
    mutationFn: () => api.corrections.confirm({ id, agree: true }),
    onSuccess: done,
  })
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  const one = query.data
  if (!one) return <SkeletonRows rows={8} />
  const isOwnProposal = one.state === 'proposed' && !one.mayConfirm
  return (
    <>
      <dl className="record-pairs">
        <dt>{t('household')}</dt>
        <dd>
          <Link to="/households/$ref" params={{ ref: one.household.ref }} search={{}}>
            {one.household.headName}
          </Link>
          <span className="sub">{one.household.village.name}</span>
        </dd>
        <dt>{t('what')}</dt>
        <dd>{one.what}</dd>
        {one.current && (
          <>
            <dt>{t('current')}</dt>
            <dd>{one.current}</dd>
          </>
        )}
        <dt>{t('wanted')}</dt>
        <dd>{one.wanted}</dd>
        {one.explanation && (
          <>
            <dt>{t('explanation')}</dt>
            <dd>{one.explanation}</dd>
          </>
        )}
        <dt>{t('stateLabel')}</dt>
        <dd>
          <Tag>{t(`state.${one.state}`)}</Tag> <CorrectionDue row={one} />
        </dd>
        <dt>{t('assignee')}</dt>
        <dd>{one.assignee?.name ?? t('nobody')}</dd>
      </dl>
      <div className="record-actions" style={{ margin: '16px 0' }}>
        {one.state === 'open' && !one.assignee && (
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            {t('take')}
          </Button>
        )}
        {one.mayPropose && (
          <Button type="primary" onClick={() => setAnswering('propose')}>
            {t('propose')}
          </Button>
        )}
        {one.mayConfirm && (
          <>
            <Button type="primary" loading={confirm.isPending} onClick={() => confirm.mutate()}>
              {t('confirm')}
            </Button>
            <Button onClick={() => setAnswering('send-back')}>{t('sendBack')}</Button>
          </>
        )}
      </div>
      {isOwnProposal && <p className="muted">{t('ownProposal')}</p>}
      <Failed of={take} />
      <Failed of={confirm} />
      <Steps steps={one.steps} />
      {answering === 'propose' && (
        <Propose correction={one} onClose={() => setAnswering(undefined)} onDone={done} />
      )}
      {answering === 'send-back' && (
        <SendBack correction={one} onClose={() => setAnswering(undefined)} onDone={done} />
      )}
    </>
  )
}
