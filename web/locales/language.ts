export const languages = ['zh-CN', 'en-US'] as const
export type Language = (typeof languages)[number]

const key = 'shouwang.language'

export function asLanguage(text: string | null): Language {
  return text === 'en-US' ? text : 'zh-CN'
}

export function storedLanguage(): Language {
  return asLanguage(localStorage.getItem(key))
}

/** For the next start, and for whoever hears the page. */
export function storeLanguage(language: Language): void {
  localStorage.setItem(key, language)
  document.documentElement.lang = language
}
