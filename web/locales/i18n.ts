import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { resources as Resources } from './zh-CN/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof Resources
  }
}

export const languages = ['zh-CN', 'en-US'] as const
export type Language = (typeof languages)[number]
const key = 'shouwang.language'

const load = {
  'zh-CN': async () => (await import('./zh-CN/index.ts')).resources,
  'en-US': async () => (await import('./en-US/index.ts')).resources,
} as const

export function storedLanguage(): Language {
  return localStorage.getItem(key) === 'en-US' ? 'en-US' : 'zh-CN'
}

/** Loads one language's catalogue only; the other comes when it is chosen. */
export async function startI18n(): Promise<void> {
  const language = storedLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    ns: ['common'],
    defaultNS: 'common',
    resources: { [language]: await load[language]() },
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = language
}

export async function chooseLanguage(language: Language): Promise<void> {
  for (const [namespace, texts] of Object.entries(await load[language]())) {
    i18next.addResourceBundle(language, namespace, texts, true, true)
  }
  await i18next.changeLanguage(language)
  localStorage.setItem(key, language)
  document.documentElement.lang = language
}
