import { useTranslation } from 'react-i18next'
import { chooseFieldLanguage } from '../texts.ts'

export function LanguageSwitch() {
  const { t, i18n } = useTranslation('field')
  const other = i18n.language === 'zh-CN' ? 'en-US' : 'zh-CN'
  return (
    <button
      type="button"
      className="plain language"
      lang={other}
      onClick={() => void chooseFieldLanguage(other)}
    >
      {t('switchLanguage')}
    </button>
  )
}
