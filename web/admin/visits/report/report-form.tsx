import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beijingMinute, instantOf } from '#contract/days.ts'
import { Signature } from '#contract/work/visit-proof.ts'
import { type Visit, visitItems } from '#contract/work/visits.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { type Answers, DeskItems, lackingItems } from './desk-items.tsx'
import { type Draft, FindingFields, lackOf, wholeProof } from './finding-fields.tsx'
import { SignHere } from './sign-here.tsx'

const empty: Draft = { outcome: undefined, reason: null, note: '' }
const toFen = (yuan: number | null) => (yuan === null ? null : Math.round(yuan * 100))
const signers = Signature.shape.who.options
type Signatures = Partial<Record<(typeof signers)[number], Signature['strokes']>>

/** The report of visitors without a telephone, typed at a desk: the same questions, on one page. */
export function ReportForm({ visit }: { visit: Visit }) {
  const { t } = useTranslation('visits')
  const common = useTranslation().t
  const { message } = App.useApp()
  const client = useQueryClient()
  const me = useMe()
  // One report however often it is sent.
  const [report] = useState(() => crypto.randomUUID())
  const [second, setSecond] = useState('')
  // The day the platform lives on, at this hour: what the field shows is the time in China, on whatever machine.
  const [when, setWhen] = useState<Dayjs>(() => dayjs(`${me.asOf} ${beijingMinute(new Date()).slice(11)}`))
  const [met, setMet] = useState<string | null>()
  const [answers, setAnswers] = useState<Answers>({})
  const [income, setIncome] = useState<number | null>(null)
  const [spending, setSpending] = useState<number | null>(null)
  const [remark, setRemark] = useState('')
  const [drafts, setDrafts] = useState<Record<string, Draft>>({})
  const [signed, setSigned] = useState<Signatures>({})
  const [tried, setTried] = useState(false)

  const here = visit.card.members.filter(({ leftOn }) => leftOn === null)
  const isAlone = second.trim() === me.name
  const items = lackingItems(answers).length
  const open = visit.clues.filter(({ id }) => lackOf(drafts[id] ?? empty)).length
  const lacking = [
    second.trim() === '' && t('enterSecond'),
    isAlone && t('secondSelf'),
    met === undefined && t('chooseMet'),
    items > 0 && t('itemMissing', { count: items }),
    open > 0 && t('clueMissing', { count: open }),
  ].filter((text) => text !== false)
  const nameOf = (who: (typeof signers)[number]) =>
    who === 'first-visitor'
      ? me.name
      : who === 'second-visitor'
        ? second.trim()
        : (here.find(({ ref }) => ref === met)?.name ?? visit.household.headName)
  const send = useMutation({
    mutationFn: () => {
      const at = instantOf(when.format('YYYY-MM-DD'), when.format('HH:mm')).toISOString()
      return api.visits.report({
        ...{ id: visit.id, version: visit.version, report, startedAt: at, endedAt: at },
        ...{ secondVisitor: second, met: met ?? null, remark },
        items: visitItems.flatMap((item) => {
          const answer = answers[item]
          return answer ? [{ item, ...answer }] : []
        }),
        incomePerHeadFen: toFen(income),
        rigidSpendingFen: toFen(spending),
        findings: visit.clues.map(({ id }) => {
          const { outcome = 'confirm', reason, note, proof } = drafts[id] ?? empty
          return { clue: id, outcome, reason, note, proof: outcome === 'solved' ? wholeProof(proof) : null }
        }),
        signatures: signers.flatMap((who) => {
          const strokes = signed[who] ?? []
          return strokes.length > 0 ? [{ who, name: nameOf(who), strokes }] : []
        }),
        ...{ newRisks: [], position: null, photos: [] },
      })
    },
    onSuccess: async (next) => {
      client.setQueryData(['visit', visit.id], next)
      message.success(t('sent'))
      await Promise.all(
        ['clue', 'clues', 'visits', 'workbench'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
  const wrong = (lacks: boolean) =>
    tried && lacks ? { validateStatus: 'error' as const, help: t('required') } : {}
  return (
    <section className="panel no-print" aria-labelledby="desk-title">
      <h2 id="desk-title">{t('desk')}</h2>
      <p className="record-note">{t('deskNote')}</p>
      <Form
        layout="vertical"
        className="desk-form"
        onFinish={() => (lacking.length === 0 ? send.mutate() : setTried(true))}
      >
        <div className="desk-row">
          <Form.Item label={t('startedAt')} htmlFor="desk-when">
            <DatePicker
              id="desk-when"
              showTime={{ format: 'HH:mm' }}
              format="YYYY-MM-DD HH:mm"
              allowClear={false}
              maxDate={dayjs(me.asOf)}
              value={when}
              onChange={(day) => day && setWhen(day)}
            />
          </Form.Item>
          <Form.Item
            label={t('secondVisitor')}
            htmlFor="desk-second"
            required
            {...wrong(second.trim() === '')}
            {...(isAlone ? { validateStatus: 'error', help: t('secondSelf') } : {})}
          >
            <Input
              id="desk-second"
              maxLength={40}
              value={second}
              onChange={(event) => setSecond(event.target.value)}
            />
          </Form.Item>
          <Form.Item label={t('metWhom')} htmlFor="desk-met" required {...wrong(met === undefined)}>
            <Select
              id="desk-met"
              value={met === null ? 'nobody' : met}
              placeholder={t('reportChoose')}
              options={[
                ...here.map(({ ref, name }) => ({ value: ref, label: name })),
                { value: 'nobody', label: t('metNobody') },
              ]}
              onChange={(value) => setMet(value === 'nobody' ? null : value)}
            />
          </Form.Item>
        </div>
        <DeskItems card={visit.card} answers={answers} tried={tried} onChange={setAnswers} />
        <fieldset className="desk-part">
          <legend>{t('ownStatement')}</legend>
          <div className="desk-row">
            <Form.Item label={t('statedIncome')} htmlFor="desk-said-income" extra={t('statedHint')}>
              <InputNumber
                id="desk-said-income"
                {...{ min: 0, max: 1e7, value: income, onChange: setIncome }}
                suffix={t('yuan', { yuan: '' })}
              />
            </Form.Item>
            <Form.Item label={t('statedSpending')} htmlFor="desk-said-spending" extra={t('statedHint')}>
              <InputNumber
                id="desk-said-spending"
                {...{ min: 0, max: 1e8, value: spending, onChange: setSpending }}
                suffix={t('yuan', { yuan: '' })}
              />
            </Form.Item>
          </div>
        </fieldset>
        {visit.clues.length > 0 && (
          <div className="desk-part">
            <h3>{t('findings')}</h3>
            {visit.clues.map((clue) => (
              <FindingFields
                key={clue.id}
                clue={clue}
                draft={drafts[clue.id] ?? empty}
                tried={tried}
                onChange={(draft) => setDrafts({ ...drafts, [clue.id]: draft })}
              />
            ))}
          </div>
        )}
        <LongText
          id="desk-remark"
          label={t('remark')}
          rows={2}
          max={1000}
          value={remark}
          onChange={setRemark}
        />
        <div className="desk-part">
          <h3>{t('signatures')}</h3>
          <p className="record-note">{t('signNote')}</p>
          <div className="signatures">
            {signers.map((who) => (
              <SignHere
                key={who}
                who={`${t(`signer.${who}`)} ${nameOf(who)}`}
                strokes={signed[who] ?? []}
                onChange={(strokes) => setSigned({ ...signed, [who]: strokes })}
              />
            ))}
          </div>
        </div>
        <Failed of={send} />
        <div className="desk-end">
          <Button type="primary" size="large" htmlType="submit" loading={send.isPending}>
            {t('send')}
          </Button>
          <output className={tried ? 'lack' : 'muted'}>
            {lacking.length > 0 && t('lacking', { what: lacking.join(common('may.separator')) })}
          </output>
        </div>
      </Form>
    </section>
  )
}
