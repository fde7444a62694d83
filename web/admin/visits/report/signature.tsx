import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { Signature as SignatureSchema } from '#contract/work/visit-proof.ts'
import { pathOf } from './sign-here.tsx'

/** A signature as it was drawn. */
export function Signature({ signature }: { signature: z.infer<typeof SignatureSchema> }) {
  const { t } = useTranslation('visits')
  const { who, name, strokes } = signature
  return (
    <figure className="signature">
      <svg
        viewBox="0 0 1000 400"
        role="img"
        aria-label={t('signedBy', { who: t(`signer.${who}`), name })}
        fill="none"
        stroke="currentColor"
        strokeWidth="9"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {strokes.map((stroke) => (
          <path key={stroke.join(' ')} d={pathOf(stroke)} />
        ))}
      </svg>
      <figcaption>
        <span className="muted">{t(`signer.${who}`)}</span> {name}
      </figcaption>
    </figure>
  )
}
