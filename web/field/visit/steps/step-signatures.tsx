import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/text-field.tsx'
import { nobody, type SignatureOf } from '../../work/draft.ts'
import { SignaturePad } from '../signature-pad.tsx'
import type { StepProps } from '../step-props.ts'

export function StepSignatures({ draft, change, heading }: StepProps) {
  const { t } = useTranslation('field')
  const signers: SignatureOf[] = [
    'first-visitor',
    'second-visitor',
    ...(draft.met === nobody ? [] : (['household'] as const)),
  ]
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t('form.signatures')}
      </h1>
      <p className="muted">{t('form.signaturesLead')}</p>
      {signers.map((who) => (
        <SignaturePad
          key={who}
          who={t(`form.signers.${who}`)}
          strokes={draft.signatures[who] ?? []}
          onChange={(strokes) =>
            change({ signatures: { ...draft.signatures, [who]: strokes.length > 0 ? strokes : undefined } })
          }
        />
      ))}
      <TextField
        label={`${t('form.remark')} (${t('optional')})`}
        value={draft.remark}
        maxLength={1000}
        lines={3}
        onChange={(remark) => change({ remark })}
      />
    </>
  )
}
