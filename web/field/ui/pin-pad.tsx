import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pinLength } from '../device/pin.ts'

interface PinPadProps {
  problem: string | undefined
  isBusy: boolean
  onComplete(pin: string): void
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

/** Large keys for one thumb; a keyboard works as well. What is typed is never shown. */
export function PinPad({ problem, isBusy, onComplete }: PinPadProps) {
  const { t } = useTranslation('field')
  // Beside the state, because a quick thumb types twice before anything is drawn.
  const typed = useRef('')
  const [length, setLength] = useState(0)
  const set = (pin: string) => {
    typed.current = pin
    setLength(pin.length)
  }
  const type = (digit: string) => {
    if (isBusy) return
    const pin = typed.current + digit
    set(pin.length < pinLength ? pin : '')
    if (pin.length === pinLength) onComplete(pin)
  }
  const remove = () => set(typed.current.slice(0, -1))
  // Before anything is drawn: a key pressed as soon as the page asks for it must not be lost.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (/^\d$/.test(event.key)) type(event.key)
      if (event.key === 'Backspace') remove()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
  return (
    <div className="pin">
      <div className="pin-dots" role="img" aria-label={`${t('pin.label')} ${length}/${pinLength}`}>
        {Array.from({ length: pinLength }, (_, i) => `dot-${i}`).map((key, i) => (
          <span key={key} className={i < length ? 'dot full' : 'dot'} />
        ))}
      </div>
      <p className="pin-problem" role="alert">
        {isBusy ? t('pin.working') : problem}
      </p>
      <div className="pin-keys">
        {digits.map((digit) => (
          <button
            key={digit}
            type="button"
            className={digit === '0' ? 'zero' : undefined}
            disabled={isBusy}
            onClick={() => type(digit)}
          >
            {digit}
          </button>
        ))}
        <button type="button" aria-label={t('pin.delete')} disabled={isBusy} onClick={remove}>
          ←
        </button>
      </div>
    </div>
  )
}
