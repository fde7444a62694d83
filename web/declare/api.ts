import type {
  DeclarationForm,
  DeclarationPlaces,
  DeclarationReceipt,
} from '#contract/contact/declarations.ts'
import type { Draft } from './draft.ts'

/** What went wrong, in words for a household. */
export type Failure = 'offline' | 'limit' | 'refused' | 'server'
type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure; status: number }

const waitMs = 30_000

export function fetchForm(village: string): Promise<Answer<DeclarationForm>> {
  return call(`/api/declarations/${encodeURIComponent(village)}`)
}

export function fetchPlaces(area: number | undefined): Promise<Answer<DeclarationPlaces>> {
  return call(`/api/declaration-places${area === undefined ? '' : `?area=${area}`}`)
}

export function sendDraft(village: string, draft: Draft): Promise<Answer<DeclarationReceipt>> {
  return call('/api/declarations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...draft, village: Number(village) }),
  })
}

async function call<T>(address: string, init: RequestInit = {}): Promise<Answer<T>> {
  try {
    const response = await fetch(address, {
      ...init,
      credentials: 'omit',
      signal: AbortSignal.timeout(waitMs),
    })
    if (response.ok) return { ok: true, value: (await response.json()) as T }
    const { status } = response
    const failure = status === 429 ? 'limit' : status >= 500 ? 'server' : 'refused'
    return { ok: false, failure, status }
  } catch {
    return { ok: false, failure: 'offline', status: 0 }
  }
}
