import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, storedLanguage, storeLanguage } from '#web/locales/language.ts'
import type { field } from './locales/zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    field: typeof field
  }
}

const load = {
  'zh-CN': async () => ({
    ...(await import('#web/locales/zh-CN/common.ts')),
    ...(await import('./locales/zh-CN.ts')),
  }),
  'en-US': async () => ({
    ...(await import('#web/locales/en-US/common.ts')),
    ...(await import('./locales/en-US.ts')),
  }),
} as const

/** The texts of this app and the common ones; nothing of the office's pages. */
export async function startFieldTexts(): Promise<void> {
  const language = storedLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    ns: ['common', 'field'],
    defaultNS: 'common',
    resources: { [language]: await load[language]() },
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = language
}

export async function chooseFieldLanguage(language: Language): Promise<void> {
  for (const [namespace, texts] of Object.entries(await load[language]()))
    i18next.addResourceBundle(language, namespace, texts, true, true)
  await i18next.changeLanguage(language)
  storeLanguage(language)
}
