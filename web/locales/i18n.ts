import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { field as Field } from './zh-CN/field.ts'
import type { resources as Resources } from './zh-CN/index.ts'
import type { later as Later } from './zh-CN/later.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    /** `field` belongs to the field app, which starts its own texts. */
    resources: typeof Resources & { field: typeof Field } & {
      [K in LaterNamespace]: Awaited<ReturnType<(typeof Later)[K]>>
    }
  }
}

export const languages = ['zh-CN', 'en-US'] as const
export type Language = (typeof languages)[number]
/** Texts that only their own page needs; they come with it. */
export type LaterNamespace = keyof typeof Later
const key = 'shouwang.language'

const load = {
  'zh-CN': () => import('./zh-CN/index.ts'),
  'en-US': () => import('./en-US/index.ts'),
} as const

export function storedLanguage(): Language {
  return localStorage.getItem(key) === 'en-US' ? 'en-US' : 'zh-CN'
}

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

const wanted = new Set<LaterNamespace>()

/** A page together with the texts that only it needs. */
export async function withTexts<T>(namespaces: LaterNamespace[], page: Promise<T>): Promise<T> {
  for (const namespace of namespaces) wanted.add(namespace)
  await Promise.all(namespaces.map((namespace) => loadLater(storedLanguage(), namespace)))
  return page
}

async function loadLater(language: Language, namespace: LaterNamespace) {
  if (i18next.hasResourceBundle(language, namespace)) return
  const { later } = await load[language]()
  i18next.addResourceBundle(language, namespace, await later[namespace]())
}

export async function chooseLanguage(language: Language): Promise<void> {
  const { resources } = await load[language]()
  for (const [namespace, texts] of Object.entries(resources)) {
    i18next.addResourceBundle(language, namespace, texts, true, true)
  }
  await Promise.all([...wanted].map((namespace) => loadLater(language, namespace)))
  await i18next.changeLanguage(language)
  localStorage.setItem(key, language)
  document.documentElement.lang = language
}
