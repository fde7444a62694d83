import { storedLanguage } from '#web/locales/language.ts'

export const fileFormats = ['xlsx', 'csv', 'print'] as const
export type FileFormat = (typeof fileFormats)[number]

/** Where the file of an export is fetched, in a form and in the language of the page. */
export function exportAddress(id: string, format: FileFormat): string {
  const language = storedLanguage() === 'en-US' ? 'en' : 'zh'
  return `/api/exports/${id}/file?format=${format}&language=${language}`
}
