import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#web/api/client.ts'
import { isWeakPin } from '../device/pin.ts'
import { erase, setUp, unlockWith } from '../sync/device-life.ts'
import { begin } from '../sync/watch.ts'
import { useFailureText } from '../ui/failure-text.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { PinPad } from '../ui/pin-pad.tsx'

/** Twice, so that a slip of the thumb locks nobody out. */
export function ChoosePinPage() {
  const { t } = useTranslation('field')
  const failureText = useFailureText()
  const [first, setFirst] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const complete = async (pin: string) => {
    if (first === undefined) {
      const isWeak = isWeakPin(pin)
      setProblem(isWeak ? t('pin.weak') : undefined)
      if (!isWeak) setFirst(pin)
      return
    }
    if (pin !== first) {
      setFirst(undefined)
      return setProblem(t('pin.differ'))
    }
    setBusy(true)
    try {
      await setUp(pin)
      begin()
    } catch (error) {
      setBusy(false)
      setFirst(undefined)
      const code = errorCode(error)
      setProblem(code === 'offline' ? t('pin.needsNetwork') : failureText(code).what)
    }
  }
  return (
    <main className="alone" id="main">
      <h1>{first === undefined ? t('pin.chooseTitle') : t('pin.repeatTitle')}</h1>
      <p>{first === undefined ? t('pin.chooseLead') : t('pin.repeatLead')}</p>
      <PinPad
        key={first === undefined ? 'first' : 'second'}
        problem={problem}
        isBusy={isBusy}
        onComplete={(pin) => void complete(pin)}
      />
      <LanguageSwitch />
    </main>
  )
}

export function UnlockPage() {
  const { t } = useTranslation('field')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [hasForgotten, setForgotten] = useState(false)
  const complete = async (pin: string) => {
    setBusy(true)
    const result = await unlockWith(pin)
    if ('key' in result) return begin()
    setBusy(false)
    setProblem(t('pin.wrong', { count: result.triesLeft }))
  }
  return (
    <main className="alone" id="main">
      <h1>{t('pin.unlockTitle')}</h1>
      <p className="muted">{t('pin.unlockLead')}</p>
      <PinPad problem={problem} isBusy={isBusy} onComplete={(pin) => void complete(pin)} />
      {hasForgotten ? (
        <div className="card-box">
          <p>{t('pin.forgotText')}</p>
          <div className="row">
            <button type="button" onClick={() => setForgotten(false)}>
              {t('cancel')}
            </button>
            <button type="button" className="danger" onClick={() => void erase('requested')}>
              {t('pin.forgotErase')}
            </button>
          </div>
        </div>
      ) : (
        <button type="button" className="plain" onClick={() => setForgotten(true)}>
          {t('pin.forgot')}
        </button>
      )}
      <LanguageSwitch />
    </main>
  )
}
