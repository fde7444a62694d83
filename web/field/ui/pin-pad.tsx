import { useEffect, useState } from 'react'
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
  const [pin, setPin] = useState('')
  const type = (digit: string) => {
    if (isBusy) return
    const next = pin + digit
    if (next.length < pinLength) return setPin(next)
    setPin('')
    onComplete(next)
  }
  const remove = () => setPin(pin.slice(0, -1))
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (/^\d$/.test(event.key)) type(event.key)
      if (event.key === 'Backspace') remove()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
  return (
    <div className="pin">
      <div className="pin-dots" role="img" aria-label={`${t('pin.label')} ${pin.length}/${pinLength}`}>
        {Array.from({ length: pinLength }, (_, i) => `dot-${i}`).map((key, i) => (
          <span key={key} className={i < pin.length ? 'dot full' : 'dot'} />
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
