import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Visit, VisitItemResult, visitItems } from '#contract/visits.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { ErrorState } from '#web/ui/states.tsx'
import { type Draft, FindingFields, lackOf } from './finding-fields.tsx'

type ItemKey = (typeof visitItems)[number]
type Answer = { result: 'good' | 'problem' | 'not-concerned'; note: string }
const empty: Draft = { outcome: undefined, reason: null, note: '' }
const toFen = (yuan: number | null) => (yuan === null ? null : Math.round(yuan * 100))

/** The report of visitors without a telephone, typed at a desk: the same questions, on one page. */
export function ReportForm({ visit }: { visit: Visit }) {
  const { t } = useTranslation('casework')
  const { message } = App.useApp()
  const client = useQueryClient()
  const today = useMe().asOf
  // One report however often it is sent.
  const [report] = useState(() => crypto.randomUUID())
  const [second, setSecond] = useState('')
  // The day the platform lives on, at this hour.
  const [when, setWhen] = useState<Dayjs | null>(() => dayjs(`${today}T${dayjs().format('HH:mm')}`))
  const [met, setMet] = useState<string | null>()
  const [items, setItems] = useState<Partial<Record<ItemKey, Answer>>>({})
  const [income, setIncome] = useState<number | null>(null)
  const [spending, setSpending] = useState<number | null>(null)
  const [remark, setRemark] = useState('')
  const [drafts, setDrafts] = useState<Record<string, Draft>>({})
  const [tried, setTried] = useState(false)
  const missing = visitItems.filter((item) => !items[item]).length
  const unsaid = visitItems.some((item) => items[item]?.result === 'problem' && !items[item]?.note.trim())
  const complete =
    second.trim() !== '' &&
    met !== undefined &&
    missing === 0 &&
    !unsaid &&
    visit.clues.every(({ id }) => !lackOf(drafts[id] ?? empty))
  const send = useMutation({
    mutationFn: () => {
      const at = when?.toDate().toISOString() ?? new Date().toISOString()
      return api.visits.report({
        ...{ id: visit.id, version: visit.version, report, startedAt: at, endedAt: at },
        ...{ secondVisitor: second, met: met ?? null, remark },
        items: visitItems.flatMap((item) => {
          const answer = items[item]
          return answer ? [{ item, ...answer }] : []
        }),
        incomePerHeadFen: toFen(income),
        rigidSpendingFen: toFen(spending),
        findings: visit.clues.map(({ id }) => {
          const { outcome = 'confirm', reason, note } = drafts[id] ?? empty
          return { clue: id, outcome, reason, note }
        }),
        ...{ newRisks: [], position: null, photos: [], signatures: [] },
      })
    },
    onSuccess: async (next) => {
      client.setQueryData(['visit', visit.id], next)
      message.success(t('sent'))
      await Promise.all(['clue', 'workbench'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    },
  })
  const answer = (item: ItemKey, change: Partial<Answer>) =>
    setItems({ ...items, [item]: { result: 'good', note: '', ...items[item], ...change } })
  const lacking = (lacks: boolean, text: string) =>
    tried && lacks ? { validateStatus: 'error' as const, help: text } : {}
  return (
    <section className="panel no-print" aria-labelledby="desk-title">
      <h2 id="desk-title">{t('desk')}</h2>
      <p className="record-note">{t('deskNote')}</p>
      <Form
        layout="vertical"
        className="desk-form"
        onFinish={() => (complete ? send.mutate() : setTried(true))}
      >
        <Form.Item label={t('startedAt')} htmlFor="desk-when">
          <DatePicker
            id="desk-when"
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            value={when}
            onChange={setWhen}
          />
        </Form.Item>
        <Form.Item
          label={t('secondVisitor')}
          htmlFor="desk-second"
          required
          {...lacking(second.trim() === '', t('enterSecond'))}
        >
          <Input
            id="desk-second"
            maxLength={40}
            value={second}
            onChange={(event) => setSecond(event.target.value)}
          />
        </Form.Item>
        <Form.Item
          label={t('metWhom')}
          htmlFor="desk-met"
          required
          {...lacking(met === undefined, t('chooseMet'))}
        >
          <Select
            id="desk-met"
            value={met === null ? 'nobody' : met}
            placeholder={t('chooseMet')}
            options={[
              ...visit.card.members
                .filter(({ leftOn }) => leftOn === null)
                .map(({ ref, name }) => ({ value: ref, label: name })),
              { value: 'nobody', label: t('metNobody') },
            ]}
            onChange={(value) => setMet(value === 'nobody' ? null : value)}
          />
        </Form.Item>
        <div className="desk-items">
          {visitItems.map((item) => (
            <div key={item} className="desk-item">
              <span id={`desk-${item}`}>{t(`item.${item}`)}</span>
              <Radio.Group
                size="small"
                optionType="button"
                aria-labelledby={`desk-${item}`}
                value={items[item]?.result}
                options={VisitItemResult.options.map((value) => ({ value, label: t(`result.${value}`) }))}
                onChange={({ target }) => answer(item, { result: target.value })}
              />
              {items[item]?.result === 'problem' && (
                <Input
                  size="small"
                  maxLength={300}
                  value={items[item]?.note}
                  status={tried && !items[item]?.note.trim() ? 'error' : ''}
                  aria-label={t('problemNote', { item: t(`item.${item}`) })}
                  placeholder={t('problemNote', { item: t(`item.${item}`) })}
                  onChange={(event) => answer(item, { note: event.target.value })}
                />
              )}
            </div>
          ))}
          {missing > 0 && missing < visitItems.length && (
            <Button
              size="small"
              onClick={() =>
                setItems({
                  ...Object.fromEntries(visitItems.map((item) => [item, { result: 'good', note: '' }])),
                  ...items,
                })
              }
            >
              {t('allGood')}
            </Button>
          )}
          {tried && missing > 0 && (
            <p className="lack" role="alert">
              {t('itemMissing', { count: missing })}
            </p>
          )}
        </div>
        <Form.Item label={t('saidIncome')} htmlFor="desk-income">
          <InputNumber
            id="desk-income"
            min={0}
            max={1e7}
            value={income}
            onChange={setIncome}
            suffix={t('yuan', { yuan: '' })}
          />
        </Form.Item>
        <Form.Item label={t('saidSpending')} htmlFor="desk-spending">
          <InputNumber
            id="desk-spending"
            min={0}
            max={1e8}
            value={spending}
            onChange={setSpending}
            suffix={t('yuan', { yuan: '' })}
          />
        </Form.Item>
        {visit.clues.length > 0 && <h3>{t('findings')}</h3>}
        {visit.clues.map((clue) => (
          <FindingFields
            key={clue.id}
            clue={clue}
            draft={drafts[clue.id] ?? empty}
            tried={tried}
            onChange={(draft) => setDrafts({ ...drafts, [clue.id]: draft })}
          />
        ))}
        <Form.Item label={t('remark')} htmlFor="desk-remark">
          <Input.TextArea
            id="desk-remark"
            rows={2}
            maxLength={1000}
            value={remark}
            onChange={(event) => setRemark(event.target.value)}
          />
        </Form.Item>
        {send.isError && <ErrorState error={send.error} />}
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t('send')}
        </Button>
      </Form>
    </section>
  )
}
