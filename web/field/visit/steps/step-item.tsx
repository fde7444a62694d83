import { useTranslation } from 'react-i18next'
import type { VisitItemKey } from '#contract/work/visits.ts'
import { formatYuan } from '#web/ui/words/format.ts'
import { knownFacts } from '#web/ui/words/known-facts.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { Choice } from '../../ui/choice.tsx'
import { MoneyField } from '../../ui/money-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { ItemResult } from '../../work/draft.ts'
import type { StepProps } from '../step-props.ts'

const marks = { good: 'none', problem: 'red', 'not-concerned': 'unknown' } as const

/** One item: what is known stands beside it and is not requested. */
export function StepItem({ visit, draft, change, heading, item }: StepProps & { item: VisitItemKey }) {
  const { t } = useTranslation('field')
  const text = useText()
  const found = draft.items[item] ?? { result: null, note: '' }
  const { income } = visit.card
  const known = knownFacts(visit.card, item).map((fact) => text(fact.text))
  const lines =
    item === 'income' && income && known.length === 0
      ? [t('form.incomeKnown', { income: formatYuan(income.netPerHeadFen) })]
      : known
  const set = (changed: Partial<typeof found>) =>
    change({ items: { ...draft.items, [item]: { ...found, ...changed } } })
  const options = (['good', 'problem', 'not-concerned'] as const).map((value) => ({
    value,
    label: t(`form.results.${value}`),
    mark: <RiskMark risk={marks[value]} text={false} size={22} />,
  }))
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t(`form.items.${item}`)}
      </h1>
      <p className="question">{t(`form.questions.${item}`)}</p>
      <div className="known">
        <h2>{t('form.known')}</h2>
        {lines.length > 0 ? (
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <p>{t('form.knownNothing')}</p>
        )}
      </div>
      <Choice<ItemResult>
        legend={t(`form.items.${item}`)}
        hideLegend
        options={options}
        value={found.result}
        onChange={(result) => set({ result })}
      />
      {item === 'income' && (
        <MoneyField
          title={t('form.figure')}
          asKnown={t(income ? 'form.incomeAsKnown' : 'form.spendingAsKnown')}
          other={t(income ? 'form.incomeOther' : 'form.spendingOther')}
          label={t('form.incomeLabel')}
          fen={draft.incomePerHeadFen}
          onChange={(incomePerHeadFen) => change({ incomePerHeadFen })}
        />
      )}
      {item === 'spending' && (
        <MoneyField
          title={t('form.figure')}
          asKnown={t('form.spendingAsKnown')}
          other={t('form.spendingOther')}
          label={t('form.spendingLabel')}
          fen={draft.rigidSpendingFen}
          onChange={(rigidSpendingFen) => change({ rigidSpendingFen })}
        />
      )}
      {found.result !== null && (
        <TextField
          label={found.result === 'problem' ? t('form.noteProblem') : `${t('form.note')} (${t('optional')})`}
          value={found.note}
          maxLength={300}
          lines={3}
          onChange={(note) => set({ note })}
        />
      )}
    </>
  )
}
