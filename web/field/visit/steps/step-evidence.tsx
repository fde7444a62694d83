import { useTranslation } from 'react-i18next'
import { Photos } from '../photos.tsx'
import { Position } from '../position.tsx'
import type { StepProps } from '../step-props.ts'

export function StepEvidence({ draft, change, heading }: StepProps) {
  const { t } = useTranslation('field')
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t('form.evidence')}
      </h1>
      <p className="muted">{t('form.photosLead')}</p>
      <Photos photos={draft.photos} onChange={(photos) => change({ photos })} />
      <Position position={draft.position} onChange={(position) => change({ position })} />
    </>
  )
}
