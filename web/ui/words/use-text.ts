import { useTranslation } from 'react-i18next'
import type { Localized } from '#contract/common.ts'

/** Picks the language of a text that came in both. */
export function useText(): (text: Localized) => string {
  const { i18n } = useTranslation()
  return (text) => (i18n.language === 'en-US' ? text.en : text.zh)
}
