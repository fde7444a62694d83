import { useTranslation } from 'react-i18next'
import { riskColour } from '../page/theme.ts'

export type Risk = keyof typeof riskColour

const shapes: Record<Risk, string> = {
  red: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  orange: 'M8 1.5 15 14H1z',
  yellow: 'M8 1l7 7-7 7-7-7z',
  none: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z',
  unknown: 'M1.5 1.5h13v13h-13z',
}

/** Octagon, triangle, diamond, circle; hatched grey square for what cannot be judged. The colour is never alone. */
export function RiskMark({ risk, text = true, size = 14 }: { risk: Risk; text?: boolean; size?: number }) {
  const { t } = useTranslation()
  const label = t(`level.${risk}`)
  return (
    <span className="risk-mark">
      <svg
        width={size}
        height={size}
        viewBox="0 0 16 16"
        role={text ? 'presentation' : 'img'}
        aria-label={text ? undefined : label}
      >
        {risk === 'unknown' ? (
          <>
            <path d={shapes.unknown} fill="#fff" stroke={riskColour.unknown} strokeWidth="1.5" />
            <path d="M2 8 8 2M2 14 14 2M8 14l6-6" stroke={riskColour.unknown} strokeWidth="1.5" />
          </>
        ) : (
          <path d={shapes[risk]} fill={riskColour[risk]} />
        )}
      </svg>
      {text && <span>{label}</span>}
    </span>
  )
}
