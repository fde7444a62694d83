import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beijingDay } from '#contract/days.ts'
import { labelOf } from '#contract/enumerations/enumerations.ts'
import type { OwnRecord } from '#contract/protection/own-record.ts'
import { api } from '#web/api/client.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatYuan } from '#web/ui/words/format.ts'
import { PhoneText } from '#web/ui/words/phone-text.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { Steps } from '../corrections/index.ts'
import { OwnLetters } from '../letters/index.ts'
import { Authorisations } from './authorisations.tsx'
import { Looks } from './looks.tsx'
import { RequestCorrection } from './request-correction.tsx'
import { Work } from './work.tsx'
import '#web/ui/list/records.css'
import './own-record.css'

export const ownRecordQuery = { queryKey: ['own-record'], queryFn: () => api.ownRecord.get() }

/** Read on a telephone by those it is about: one column, large letters, whole sentences. */
export function OwnRecordPage() {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const query = useQuery(ownRecordQuery)
  if (query.isError) return <ErrorState asPage error={query.error} onRetry={() => query.refetch()} />
  if (!query.data) return <SkeletonRows rows={12} height={32} />
  const record = query.data
  return (
    <div className="own-record">
      <PageHeader title={t('title')} note={record.headName}>
        <Button onClick={() => window.print()}>{common('print')}</Button>
      </PageHeader>
      <p>{t('intro')}</p>
      <OwnLetters />
      <Warnings record={record} />
      <Family record={record} />
      <Income record={record} />
      <FromDepartments record={record} />
      <Work work={record.work} />
      <Corrections record={record} />
      <Authorisations rows={record.authorisations} text={record.authorisationText.text} />
      <Looks rows={record.looks} />
    </div>
  )
}

function Warnings({ record: { clues, contact } }: { record: OwnRecord }) {
  const { t } = useTranslation('rights')
  const text = useText()
  return (
    <section className="panel">
      <h2>{t('clues')}</h2>
      {clues.length === 0 && <p>{t('noClues')}</p>}
      <ul className="own-clues">
        {clues.map((clue) => (
          <li key={`${clue.cause}-${clue.openedOn}`}>
            <p>
              <RiskMark risk={clue.level} text={false} /> <strong>{text(clue.why)}</strong>{' '}
              <span className="muted">{t('since', { day: clue.openedOn })}</span>
            </p>
            <p>
              {t('next')}：{text(clue.next)}
            </p>
          </li>
        ))}
      </ul>
      <p>
        <PhoneText text={t('contact', { office: contact.office.name, hotline: contact.hotline })} />
      </p>
    </section>
  )
}

function Family({ record }: { record: OwnRecord }) {
  const { t } = useTranslation('rights')
  const { i18n } = useTranslation()
  const language = i18n.language === 'en-US' ? 'en' : 'zh'
  const { county, township, village } = record
  return (
    <section className="panel">
      <h2>{t('members')}</h2>
      <dl className="record-pairs">
        <dt>{t('place')}</dt>
        <dd>
          {county.name} {township.name} {village.name}
        </dd>
        <dt>{t('householdNo')}</dt>
        <dd>{record.householdNo}</dd>
      </dl>
      {record.phone && <p>{t('phone', { number: record.phone })}</p>}
      <ul className="own-members">
        {record.members.map((member) => (
          <li key={member.ref}>
            <strong>{member.name}</strong> {labelOf('relation', member.relation, language)}{' '}
            {member.age !== null && t('age', { age: member.age })}
            {member.idNumber !== null && (
              <span className="sub">{t('number', { number: member.idNumber })}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Income({ record: { income } }: { record: OwnRecord }) {
  const { t } = useTranslation('rights')
  return (
    <section className="panel">
      <h2>{t('income')}</h2>
      {income.length === 0 && <p>{t('noIncome')}</p>}
      {income.map(({ periodFrom, periodTo, netFen, netPerHeadFen }) => (
        <p key={periodTo}>
          {t('incomeSentence', {
            from: periodFrom,
            to: periodTo,
            net: formatYuan(netFen),
            head: formatYuan(netPerHeadFen),
          })}
        </p>
      ))}
    </section>
  )
}

interface Wrong {
  feed?: string
  what: string
  current: string
}

function FromDepartments({ record: { facts } }: { record: OwnRecord }) {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const text = useText()
  const [wrong, setWrong] = useState<Wrong>()
  return (
    <section className="panel">
      <h2>{t('fromDepartments')}</h2>
      <p className="muted">{t('notOverwritten')}</p>
      {facts.map((group) => (
        <details key={group.feed}>
          <summary>
            <strong>{common(`department.${group.department as 'YB'}`)}</strong> {text(group.name)}{' '}
            <span className="muted">{group.facts.length}</span>
          </summary>
          <ul className="own-facts">
            {group.facts.map((fact) => (
              <li key={`${fact.fileName}-${fact.sheet}-${fact.rowNo}-${fact.knownFrom}`}>
                <p>
                  {fact.person && <strong>{fact.person} </strong>}
                  {fact.fields.map((field) => `${text(field.label)} ${text(field.value)}`).join('；')}
                </p>
                <p className="muted">{t('from', { file: fact.fileName, day: beijingDay(fact.knownFrom) })}</p>
                <Button
                  className="no-print"
                  onClick={() =>
                    setWrong({
                      feed: group.feed,
                      what: `${text(group.name)} ${fact.date ?? ''}`.trim(),
                      current: fact.fields
                        .map((field) => text(field.value))
                        .join('；')
                        .slice(0, 200),
                    })
                  }
                >
                  {t('wrong')}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      ))}
      <Button className="no-print" onClick={() => setWrong({ what: '', current: '' })}>
        {t('other')}
      </Button>
      {wrong && <RequestCorrection {...wrong} onClose={() => setWrong(undefined)} />}
    </section>
  )
}

function Corrections({ record: { corrections } }: { record: OwnRecord }) {
  const { t } = useTranslation('rights')
  return (
    <section className="panel">
      <h2>{t('corrections')}</h2>
      {corrections.length === 0 && <p>{t('noCorrections')}</p>}
      {corrections.map((one) => (
        <article key={one.id} className="own-correction">
          <h3>
            {one.what} → {one.wanted} <Tag>{t(`state.${one.state}`)}</Tag>
          </h3>
          {(one.state === 'open' || one.state === 'proposed') && <p>{t('due', { day: one.dueOn })}</p>}
          <Steps steps={one.steps} />
        </article>
      ))}
    </section>
  )
}
