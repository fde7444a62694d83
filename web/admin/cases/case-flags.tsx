import { Button, Form, Modal, Radio, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Case } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { useMay, useMe } from '#web/api/session.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { ReasonModal } from '#web/ui/form/reason-modal.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { fileAndSheet } from '#web/ui/words/file-and-sheet.ts'
import { formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { StepError } from './steps/guard-list.tsx'
import { useCaseChange } from './use-case.ts'

type Flag = Case['flags'][number]
const explainers: readonly string[] = ['village', 'team-member', 'township']
const deciders: readonly string[] = ['clerk', 'checker', 'leader']

/** What the comparison found, how it is explained by those who know the household, and what the county decided. */
export function CaseFlags({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  const text = useText()
  return (
    <section className="panel">
      <h2>{one.flags.length > 0 ? t('flagsTitle', { count: one.flags.length }) : t('flagsNone')}</h2>
      {one.comparedAt && <p className="muted">{t('comparedAt', { at: formatInstant(one.comparedAt) })}</p>}
      <ul className="flags">
        {one.flags.map((flag) => (
          <FlagItem key={flag.id} one={one} flag={flag} />
        ))}
      </ul>
      {one.silentSources.length > 0 && (
        <details className="muted">
          <summary>{t('silent', { count: one.silentSources.length })}</summary>
          <ul>
            {one.silentSources.map((source) => (
              <li key={source.zh}>{text(source)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function FlagItem({ one, flag }: { one: Case; flag: Flag }) {
  const { t } = useTranslation('cases')
  const text = useText()
  const [doing, setDoing] = useState<'explain' | 'decide'>()
  const explain = useCaseChange((next: Case) => Promise.resolve(next))
  const may = useMay('case.act')
  const { role } = useMe()
  const common = useTranslation().t
  const open = one.state === 'running' && flag.decision === null
  const only = (roles: readonly string[]) =>
    may && !roles.includes(role)
      ? t('notYours', {
          role: roles.map((name) => common(`role.${name as 'clerk'}`)).join(common('may.separator')),
        })
      : undefined
  return (
    <li>
      <p className="flag-head">
        <strong>{text(flag.text)}</strong>
        <Tag className={flag.decision ?? (flag.explanation ? 'waits' : 'open')}>
          {flag.decision ? t(flag.decision) : t(flag.explanation ? 'flagWaits' : 'flagUnexplained')}
        </Tag>
      </p>
      <p className="muted">
        {flag.person}
        {flag.fileName &&
          ` · ${t('flagSource', { file: fileAndSheet({ ...flag, fileName: flag.fileName }), row: flag.rowNo ?? '' })}`}
        {flag.veto && ` · ${t('veto')}`}
      </p>
      {flag.explanation && (
        <p>
          {flag.explanation} <span className="muted">{t('explainedBy', { by: flag.explainedBy ?? '' })}</span>
        </p>
      )}
      {flag.decisionReason && (
        <p>
          {flag.decisionReason} <span className="muted">{t('decidedBy', { by: flag.decidedBy ?? '' })}</span>
        </p>
      )}
      {open && (
        <div className="record-actions no-print">
          <MayButton
            size="small"
            capability="case.act"
            hindrance={only(explainers)}
            onClick={() => setDoing('explain')}
          >
            {t('explain')}
          </MayButton>
          {flag.explanation && (
            <MayButton
              size="small"
              capability="case.act"
              hindrance={only(deciders)}
              onClick={() => setDoing('decide')}
            >
              {t('decideFlag')}
            </MayButton>
          )}
        </div>
      )}
      {doing === 'explain' && (
        <ReasonModal
          title={t('explain')}
          text={t('explainText')}
          act={(explanation) => api.cases.explainFlag({ id: one.id, flag: flag.id, explanation })}
          onDone={(next) => explain.mutate(next)}
          onClose={() => setDoing(undefined)}
        />
      )}
      {doing === 'decide' && <DecideFlag one={one} flag={flag} onClose={() => setDoing(undefined)} />}
    </li>
  )
}

function DecideFlag({ one, flag, onClose }: { one: Case; flag: Flag; onClose(): void }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const [decision, setDecision] = useState<'accepted' | 'barred'>(flag.veto ? 'barred' : 'accepted')
  const [reason, setReason] = useState('')
  const decide = useCaseChange(
    () => api.cases.decideFlag({ id: one.id, flag: flag.id, decision, reason }),
    onClose,
  )
  return (
    <Modal
      open
      title={t('decideFlag')}
      footer={[
        <Button key="no" onClick={onClose}>
          {common('cancel')}
        </Button>,
        <Button
          key="yes"
          type="primary"
          loading={decide.isPending}
          disabled={reason.trim() === ''}
          onClick={() => decide.mutate(undefined)}
        >
          {common('confirm')}
        </Button>,
      ]}
      onCancel={onClose}
    >
      {flag.veto && <p>{t('vetoNote')}</p>}
      <Form layout="vertical">
        <Form.Item>
          <Radio.Group
            value={decision}
            options={(['accepted', 'barred'] as const).map((value) => ({
              value,
              label: t(value),
              disabled: value === 'accepted' && flag.veto,
            }))}
            onChange={({ target }) => setDecision(target.value)}
          />
        </Form.Item>
        <LongText id="flag-reason" label={common('reason')} value={reason} onChange={setReason} />
      </Form>
      <StepError error={decide.error} />
    </Modal>
  )
}
