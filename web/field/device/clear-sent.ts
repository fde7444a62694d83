import { keepAgain } from './keep-draft.ts'
import { setState } from './state.ts'
import { applyChange, listRows } from './store.ts'

/** Frees what is only there to be looked at, and keeps what was refused before. */
export async function clearSent(key: CryptoKey): Promise<void> {
  const sent = (await listRows(key, 'outbox')).filter(({ state }) => state === 'sent')
  await applyChange(key, { remove: { outbox: sent.map(({ id }) => id) } })
  setState({ storageFull: false })
  await keepAgain()
}
