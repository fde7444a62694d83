import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '#contract/work/visits.ts'
import { keepDraft, keepingNow, onKeeping } from '../device/keep-draft.ts'
import { setState, useOpen } from '../device/state.ts'
import { isStorageFull } from '../device/store.ts'
import { go, Link } from '../ui/router.tsx'
import { type Draft, lackingSteps, lacksOf, stepsOf } from '../work/draft.ts'
import { handIn } from './hand-in.ts'
import { StepContent } from './step-content.tsx'

interface VisitFormProps {
  visit: Visit
  draft: Draft
  hasChanged: boolean
  onHanded(): void
}

/** Step by step; every change is on the device before the next is made. */
export function VisitForm({ visit, draft: initial, hasChanged, onHanded }: VisitFormProps) {
  const { t } = useTranslation('field')
  const { owner, key } = useOpen()
  const [draft, setDraft] = useState(initial)
  const [isConfirming, setConfirming] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const steps = stepsOf(visit)
  const at = Math.max(0, steps.indexOf(draft.step))
  const step = steps[at] ?? 'who'
  const lacks = lacksOf(draft, step, owner.name)
  const missing = lackingSteps(draft, visit, owner.name)
  const isLast = step === 'review'

  const change = (changed: Partial<Draft>) => {
    setDraft((present) => {
      const next = { ...present, ...changed }
      void keepDraft(next)
      return next
    })
  }
  const moveTo = (target: string) => {
    setConfirming(false)
    change({ step: target })
  }
  const forward = async () => {
    if (!isLast) {
      if (lacks.length > 0 && !isConfirming) return setConfirming(true)
      return moveTo(steps[at + 1] ?? 'review')
    }
    if (missing.length > 0) return
    setBusy(true)
    try {
      await handIn(key, owner, visit, draft)
      onHanded()
    } catch (error) {
      setBusy(false)
      if (!isStorageFull(error)) throw error
      setState({ storageFull: true })
    }
  }
  // With the step, not after it: nothing moves under a finger that is already there.
  useLayoutEffect(() => {
    if (step) {
      scrollTo(0, 0)
      heading.current?.focus()
    }
  }, [step])

  return (
    <>
      <div className="form-head">
        <div className="form-head-row">
          <Link to={`card/${visit.id}`}>{visit.household.headName}</Link>
          <Kept />
        </div>
        <progress
          value={at + 1}
          max={steps.length}
          aria-label={t('form.progress', { step: at + 1, total: steps.length })}
        />
        <p className="muted small">{t('form.progress', { step: at + 1, total: steps.length })}</p>
        {hasChanged && (
          <p className="notice" role="status">
            {t('form.changed')}
          </p>
        )}
      </div>
      <section className="page form-page">
        <StepContent {...{ step, visit, draft, change, moveTo, missing, heading }} />
        {isConfirming && lacks.length > 0 && (
          <ul className="lacks" role="alert">
            {lacks.map((lack) => (
              <li key={lack}>{t(`form.lacks.${lack}`)}</li>
            ))}
          </ul>
        )}
      </section>
      <div className="thumb">
        <button
          type="button"
          className="back"
          onClick={() => (at === 0 ? go(`card/${visit.id}`) : moveTo(steps[at - 1] ?? 'who'))}
        >
          {t('back')}
        </button>
        <button
          type="button"
          className="primary"
          disabled={isBusy || (isLast && missing.length > 0)}
          onClick={() => void forward()}
        >
          {isLast ? t('form.hand') : t('next')}
        </button>
      </div>
    </>
  )
}

function Kept() {
  const { t } = useTranslation('field')
  const keeping = useSyncExternalStore(onKeeping, keepingNow)
  const texts = { kept: t('form.kept'), keeping: t('form.keeping'), 'not-kept': t('form.notKept') }
  return <span className={keeping === 'not-kept' ? 'kept not-kept' : 'kept'}>{texts[keeping]}</span>
}
