import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Catalogue } from './catalogue.ts'
import { type Language, storedLanguage, storeLanguage } from './language.ts'

const load = {
  'zh-CN': () => import('./zh-CN/index.ts'),
  'en-US': () => import('./en-US/index.ts'),
} as const

/** Loads one language's catalogue only; the other comes when it is chosen. */
export async function startI18n(): Promise<void> {
  const language = storedLanguage()
  const { resources } = await load[language]()
  await i18next.use(initReactI18next).init({
    lng: language,
    ns: ['common'],
    defaultNS: 'common',
    resources: { [language]: resources },
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = language
}

const wanted = new Set<Catalogue>()

/** A page together with the texts that only it needs. */
export async function withTexts<T>(catalogues: readonly Catalogue[], page: Promise<T>): Promise<T> {
  for (const catalogue of catalogues) wanted.add(catalogue)
  await Promise.all(catalogues.map((catalogue) => loadTexts(storedLanguage(), catalogue)))
  return page
}

async function loadTexts(language: Language, { name, load: texts }: Catalogue) {
  if (i18next.hasResourceBundle(language, name)) return
  i18next.addResourceBundle(language, name, await texts[language]())
}

export async function chooseLanguage(language: Language): Promise<void> {
  const { resources } = await load[language]()
  for (const [namespace, texts] of Object.entries(resources)) {
    i18next.addResourceBundle(language, namespace, texts, true, true)
  }
  await Promise.all([...wanted].map((catalogue) => loadTexts(language, catalogue)))
  await i18next.changeLanguage(language)
  storeLanguage(language)
}
