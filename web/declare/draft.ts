import type { Cause } from '#contract/common.ts'

/** What was typed so far. It lives as long as the page and its tab do, and no longer. */
export interface Draft {
  /** Goes with it however often it is sent: it counts once. */
  request: string
  name: string
  idNumber: string
  code: string
  cause: Cause | ''
  text: string
}

const keyOf = (village: string) => `shouwang.declare.${village}`

export function newDraft(): Draft {
  return { request: newId(), name: '', idNumber: '', code: '', cause: '', text: '' }
}

export function readDraft(village: string): Draft {
  try {
    const kept = sessionStorage.getItem(keyOf(village))
    return kept ? { ...newDraft(), ...(JSON.parse(kept) as Partial<Draft>) } : newDraft()
  } catch {
    return newDraft()
  }
}

export function keepDraft(village: string, draft: Draft | undefined): void {
  try {
    if (draft) sessionStorage.setItem(keyOf(village), JSON.stringify(draft))
    else sessionStorage.removeItem(keyOf(village))
  } catch {
    // Without storage it lives in the page alone.
  }
}

/** `crypto.randomUUID` is missing where the page comes without TLS, as in an office's own network. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
