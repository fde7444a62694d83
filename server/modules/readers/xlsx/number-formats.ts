import { addDays } from '#contract/days.ts'

/** What a number format shows of a date: its day, or the hours alone. */
export type DateKind = 'date' | 'time'

/** Built-in formats, the East Asian ones (27–36, 50–58) included, which a workbook need not spell out. */
export function builtInDateKind(id: number): DateKind | undefined {
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35)) return 'time'
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date'
  return undefined
}

/** Quoted and escaped text, colours and conditions in brackets, and padding, none of which is a pattern letter. */
const literals = /"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi
const known = new Map<string, DateKind | undefined>()

export function dateKindOf(format: string): DateKind | undefined {
  if (known.has(format)) return known.get(format)
  const pattern = (format.split(';')[0] ?? '').replace(literals, '').toLowerCase()
  const letters = pattern.replace(/general|g\/通用格式|am\/pm|上午\/下午|e[+-]/g, '')
  const kind = /[yde]|m(?!.*[hs])(?<![hs].*m)/.test(letters)
    ? 'date'
    : /[hs]/.test(letters)
      ? 'time'
      : undefined
  if (known.size < 10_000) known.set(format, kind)
  return kind
}

/** 9999-12-31. */
const lastSerial = 2_958_465
const days = new Map<number, string>()

function dayText(serial: number) {
  const cached = days.get(serial)
  if (cached) return cached
  // The 1900 system counts a 29 February 1900 that never was.
  const text = addDays(serial < 60 ? '1899-12-31' : '1899-12-30', serial)
  if (days.size < 100_000) days.set(serial, text)
  return text
}

/** 'YYYY-MM-DD', with the time where there is one; undefined for a number that is no date. */
export function serialText(serial: number, kind: DateKind, date1904: boolean): string | undefined {
  if (serial < 0 || serial > lastSerial || Number.isNaN(serial)) return undefined
  let day = Math.floor(serial)
  let seconds = Math.round((serial - day) * 86_400)
  if (seconds === 86_400) {
    day++
    seconds = 0
  }
  const pad = (part: number) => String(Math.floor(part)).padStart(2, '0')
  const time = `${pad(seconds / 3600)}:${pad((seconds / 60) % 60)}:${pad(seconds % 60)}`
  if (day === 0 && (kind === 'time' || !date1904)) return time
  const date = dayText(date1904 ? day + 1462 : day)
  return seconds === 0 ? date : `${date} ${time}`
}
