import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VisitReport } from '#contract/work/visits.ts'

interface PositionProps {
  position: VisitReport['position']
  onChange(position: VisitReport['position']): void
}

/** Asked for once, by a tap, with the reason beside it; one may leave it out. */
export function Position({ position, onChange }: PositionProps) {
  const { t } = useTranslation('field')
  const [state, setState] = useState<'idle' | 'locating' | 'refused'>('idle')
  const take = () => {
    setState('locating')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('idle')
        onChange({
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracyMetres: Math.min(100_000, Math.round(coords.accuracy)),
        })
      },
      () => setState('refused'),
      { enableHighAccuracy: true, timeout: 30_000, maximumAge: 60_000 },
    )
  }
  return (
    <section className="card-box">
      <h2>{t('form.positionTitle')}</h2>
      <p className="muted">{t('form.positionWhy')}</p>
      {position ? (
        <>
          <p>{t('form.positionTaken', { metres: position.accuracyMetres })}</p>
          <button type="button" onClick={() => onChange(null)}>
            {t('form.removePosition')}
          </button>
        </>
      ) : (
        <button type="button" disabled={state === 'locating'} onClick={take}>
          {state === 'locating' ? t('form.positionLocating') : t('form.takePosition')}
        </button>
      )}
      {state === 'refused' && !position && <p role="status">{t('form.positionRefused')}</p>}
    </section>
  )
}
