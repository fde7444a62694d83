import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SecretField } from '#contract/protection/secrets.ts'
import { CopyButton } from '#web/ui/files/copy-button.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'

const shownSeconds = 60
const RequestReveal = lazyPart(() => import('./request-reveal.tsx'), 'RequestReveal')

interface RevealProps {
  household: string
  field: SecretField
  person?: string
  /** Whose number, for the dialog. */
  name: string
  masked: string
}

/** A masked number with the way to the whole one: a purpose, then a minute to read it. */
export function Reveal({ household, field, person, name, masked }: RevealProps) {
  const { t } = useTranslation('secrets')
  const common = useTranslation().t
  const [isOpen, setOpen] = useState(false)
  const [shown, setShown] = useState<{ value: string; left: number }>()
  if (shown) return <Shown {...shown} onEnd={() => setShown(undefined)} />
  return (
    <span className="reveal">
      {masked} <span className="visually-hidden">{common('masked')}</span>
      <MayButton
        size="small"
        type="link"
        className="no-print"
        capability="secret.reveal"
        aria-label={t('revealTitle', { name, field: t(`field.${field}`) })}
        onClick={() => setOpen(true)}
      >
        {t('show')}
      </MayButton>
      {isOpen && (
        <Suspense fallback={null}>
          <RequestReveal
            {...{ household, field, person, name }}
            onClose={() => setOpen(false)}
            onShown={(answer) => {
              setOpen(false)
              setShown(answer)
            }}
          />
        </Suspense>
      )}
    </span>
  )
}

function Shown({ value, left, onEnd }: { value: string; left: number; onEnd(): void }) {
  const { t } = useTranslation('secrets')
  const [seconds, setSeconds] = useState(shownSeconds)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before - 1), 1000)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (seconds <= 0) onEnd()
  }, [seconds, onEnd])
  return (
    <span className="reveal">
      <strong>{value}</strong> <CopyButton size="small" type="link" text={value} />
      <span className="sub">
        {t('hideIn', { seconds })} · {t('left', { count: left })}
      </span>
    </span>
  )
}
