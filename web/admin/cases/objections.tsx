import { Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Case } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { StepError } from './steps/guard-list.tsx'
import { useCaseChange } from './use-case.ts'

/** What was said against it while the list hung out, and what was answered. */
export function Objections({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  const [taking, setTaking] = useState(false)
  const [answering, setAnswering] = useState<string>()
  const isOpen = one.state === 'running' && one.step === 'township-audit'
  return (
    <section className="panel">
      <h2>{t('objectionsTitle')}</h2>
      {one.objections.length === 0 && <p className="muted">{t('objectionsNone')}</p>}
      <ul className="flags">
        {one.objections.map((objection) => (
          <li key={objection.id}>
            <p>
              {objection.text}{' '}
              <span className="muted">
                {objection.by} {formatInstant(objection.at)}
              </span>
            </p>
            {objection.outcome ? (
              <p>
                <strong>{t(objection.outcome)}</strong> {objection.finding}{' '}
                <span className="muted">{t('answeredBy', { by: objection.answeredBy ?? '' })}</span>
              </p>
            ) : (
              <div className="record-actions no-print">
                <span className="muted">
                  {t('objectionDue', { day: objection.dueOn })}
                  {objection.mine && ` · ${t('answerNotOwn')}`}
                </span>
                <MayButton
                  size="small"
                  capability="case.act"
                  hindrance={objection.mine ? t('answerNotOwn') : undefined}
                  onClick={() => setAnswering(objection.id)}
                >
                  {t('answer')}
                </MayButton>
              </div>
            )}
          </li>
        ))}
      </ul>
      {isOpen && (
        <MayButton size="small" capability="case.act" onClick={() => setTaking(true)}>
          {t('object')}
        </MayButton>
      )}
      {taking && <Take one={one} onClose={() => setTaking(false)} />}
      {answering && <Answer one={one} objection={answering} onClose={() => setAnswering(undefined)} />}
    </section>
  )
}

function Take({ one, onClose }: { one: Case; onClose(): void }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const [by, setBy] = useState('')
  const [text, setText] = useState('')
  const take = useCaseChange(() => api.cases.object({ id: one.id, by, text }), onClose)
  return (
    <Modal
      open
      title={t('object')}
      okText={t('object')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: by.trim() === '' || text.trim() === '', loading: take.isPending }}
      onOk={() => take.mutate(undefined)}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t('objectBy')} htmlFor="object-by">
          <Input id="object-by" maxLength={60} value={by} onChange={(event) => setBy(event.target.value)} />
        </Form.Item>
        <LongText
          id="object-text"
          label={t('objectText')}
          hint={t('objectUntil')}
          value={text}
          onChange={setText}
        />
      </Form>
      <StepError error={take.error} />
    </Modal>
  )
}

function Answer({ one, objection, onClose }: { one: Case; objection: string; onClose(): void }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const [outcome, setOutcome] = useState<'upheld' | 'dismissed'>()
  const [finding, setFinding] = useState('')
  const answer = useCaseChange(
    () => api.cases.answerObjection({ id: one.id, objection, outcome: outcome ?? 'upheld', finding }),
    onClose,
  )
  return (
    <Modal
      open
      title={t('answer')}
      okText={t('answer')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: !outcome || finding.trim() === '', loading: answer.isPending }}
      onOk={() => answer.mutate(undefined)}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item>
          <Radio.Group
            value={outcome}
            options={(['dismissed', 'upheld'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={({ target }) => setOutcome(target.value)}
          />
        </Form.Item>
        <LongText id="finding" label={t('finding')} value={finding} onChange={setFinding} />
      </Form>
      <StepError error={answer.error} />
    </Modal>
  )
}
