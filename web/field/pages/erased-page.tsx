import { useTranslation } from 'react-i18next'
import { useFieldState } from '../device/state.ts'
import { enterOrSignIn } from '../sync/device-life.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { go } from '../ui/router.tsx'

/** Nothing is left here, and why. */
export function ErasedPage() {
  const { t } = useTranslation('field')
  const { erasedBecause } = useFieldState()
  const begin = () => {
    go('', { replace: true })
    void enterOrSignIn()
  }
  return (
    <main className="alone" id="main">
      <h1>{t('erased.title')}</h1>
      <p role="alert">{t(`erased.${erasedBecause ?? 'requested'}`)}</p>
      <button type="button" className="primary" onClick={begin}>
        {t('erased.again')}
      </button>
      <LanguageSwitch />
    </main>
  )
}

/** Without https the browser gives no keys to seal with. */
export function InsecurePage() {
  const { t } = useTranslation('field')
  return (
    <main className="alone" id="main">
      <h1>{t('insecure.title')}</h1>
      <p>{t('insecure.text')}</p>
    </main>
  )
}
