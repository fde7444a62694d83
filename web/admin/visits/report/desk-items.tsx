import { Button, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Visit, type VisitItemKey, VisitItemResult, visitItems } from '#contract/work/visits.ts'
import { knownFacts } from '#web/ui/words/known-facts.ts'
import { useText } from '#web/ui/words/use-text.ts'

export interface Answer {
  result: 'good' | 'problem' | 'not-concerned'
  note: string
}
export type Answers = Partial<Record<VisitItemKey, Answer>>

/** Items nobody has answered, and problems nobody has described. */
export function lackingItems(answers: Answers): VisitItemKey[] {
  return visitItems.filter((item) => {
    const answer = answers[item]
    return !answer || (answer.result === 'problem' && answer.note.trim() === '')
  })
}

interface DeskItemsProps {
  card: Visit['card']
  answers: Answers
  /** Mark what is lacking: only after a try. */
  tried: boolean
  onChange(answers: Answers): void
}

/** Item by item what was found, beside what the departments have reported already. */
export function DeskItems({ card, answers, tried, onChange }: DeskItemsProps) {
  const { t } = useTranslation('visits')
  const text = useText()
  const answer = (item: VisitItemKey, change: Partial<Answer>) =>
    onChange({ ...answers, [item]: { result: 'good', note: '', ...answers[item], ...change } })
  const open = visitItems.filter((item) => !answers[item])
  const fill = () =>
    onChange({
      ...Object.fromEntries(open.map((item) => [item, { result: 'good', note: '' } satisfies Answer])),
      ...answers,
    })
  return (
    <fieldset className="desk-part">
      <legend>{t('items')}</legend>
      <div className="desk-items">
        {visitItems.map((item) => {
          const name = t(`item.${item}`)
          const stated = answers[item]
          const facts = knownFacts(card, item).map((fact) => text(fact.text))
          const isOpen = tried && !stated
          return (
            <div key={item} className={isOpen ? 'desk-item open' : 'desk-item'}>
              <p id={`desk-item-${item}`}>
                <strong>{name}</strong>
                <span className="sub">{facts.length > 0 ? facts.join(' · ') : t('itemUnknown')}</span>
              </p>
              <Radio.Group
                optionType="button"
                aria-labelledby={`desk-item-${item}`}
                value={stated?.result}
                options={VisitItemResult.options.map((value) => ({ value, label: t(`result.${value}`) }))}
                onChange={({ target }) => answer(item, { result: target.value })}
              />
              {stated?.result === 'problem' && (
                <Input
                  maxLength={300}
                  value={stated.note}
                  status={tried && stated.note.trim() === '' ? 'error' : ''}
                  aria-label={t('problemNote', { item: name })}
                  placeholder={t('problemNote', { item: name })}
                  onChange={(event) => answer(item, { note: event.target.value })}
                />
              )}
            </div>
          )
        })}
      </div>
      {open.length > 0 && <Button onClick={fill}>{t('allGood')}</Button>}
    </fieldset>
  )
}
