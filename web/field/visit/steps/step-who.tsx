import { useTranslation } from 'react-i18next'
import { useOpen } from '../../device/state.ts'
import { Choice } from '../../ui/choice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { nobody } from '../../work/draft.ts'
import type { StepProps } from '../step-props.ts'

export function StepWho({ visit, draft, change, heading }: StepProps) {
  const { t } = useTranslation('field')
  const { owner } = useOpen()
  const people = visit.card.members.map(({ ref, name, age }) => ({
    value: ref,
    label: age === null ? name : `${name} ${t('card.age', { age })}`,
  }))
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t('form.who')}
      </h1>
      <p className="muted">
        {t('form.signers.first-visitor')} {owner.name}
      </p>
      <TextField
        label={t('form.secondVisitor')}
        hint={t('form.secondVisitorHint')}
        value={draft.secondVisitor}
        maxLength={40}
        autoComplete="off"
        onChange={(secondVisitor) => change({ secondVisitor })}
      />
      <Choice
        legend={t('form.met')}
        options={[...people, { value: nobody, label: t('form.nobody') }]}
        value={draft.met}
        onChange={(met) => change({ met })}
      />
    </>
  )
}
