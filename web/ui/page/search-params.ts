import { z } from 'zod'

/**
 * Addresses people can read and share: `?level=red,orange&overdue=true`. Values stay text here; each route's schema turns
 * them into lists, numbers and yes or no.
 */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === '') continue
    if (Array.isArray(value)) {
      if (value.length > 0) params.set(key, value.join(','))
    } else params.set(key, String(value))
  }
  const text = params.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** For schemas: a comma list, an array passed by a link, or nothing. */
export function toList(value: unknown): unknown {
  if (value === undefined || value === '') return undefined
  return Array.isArray(value) ? value : String(value).split(',')
}

export function toFlag(value: unknown): unknown {
  return value === 'true' || value === true ? true : value === 'false' || value === false ? false : undefined
}

/** What most pages have in their address; a mistyped one is left out. */
export const area = z.coerce.number().int().optional().catch(undefined)
export const page = z.coerce.number().int().min(1).optional().catch(undefined)
