import type { Localized } from '#contract/common.ts'
import { declare as english } from './locales/en-US.ts'
import { declare as chinese } from './locales/zh-CN.ts'

type Language = 'zh-CN' | 'en-US'
const key = 'shouwang.language'
let language: Language = stored()

function stored(): Language {
  try {
    return localStorage.getItem(key) === 'en-US' ? 'en-US' : 'zh-CN'
  } catch {
    return 'zh-CN'
  }
}

/** Texts of the language that is chosen. */
export const texts = () => (language === 'en-US' ? english : chinese)

export function switchLanguage(): void {
  language = language === 'en-US' ? 'zh-CN' : 'en-US'
  try {
    localStorage.setItem(key, language)
  } catch {
    // Chosen again at the next visit.
  }
}

export const currentLanguage = () => language
export const otherLanguage = (): Language => (language === 'en-US' ? 'zh-CN' : 'en-US')
/** What stands alone begins with a capital, where it is English. */
export const inLanguage = ({ zh, en }: Localized) =>
  language === 'en-US' ? `${en.charAt(0).toUpperCase()}${en.slice(1)}` : zh

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}

export function formatDay(day: string): string {
  return new Intl.DateTimeFormat(language, {
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
}
