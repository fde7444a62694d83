import { database, findDevice } from './database.ts'
import { makeVault, openVault } from './vault.ts'

export const pinLength = 6
export const mostWrongPins = 10

/** One digit six times, or a run of them, is what a finder tries first. */
export function isWeakPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i])))
  return steps.size === 1 && [-1, 0, 1].some((step) => steps.has(step))
}

/** Makes this a device with a PIN of its own. */
export async function choosePin(pin: string): Promise<{ device: string; key: CryptoKey }> {
  const { record, key } = await makeVault(pin)
  const device = crypto.randomUUID()
  await database.device.put({ id: 'device', device, token: null, vault: record, wrongPins: 0 })
  return { device, key }
}

export type Unlocking = { key: CryptoKey } | { triesLeft: number }

/** Every try counts before it is made, so that closing the app in between gives none back. */
export async function unlock(pin: string): Promise<Unlocking> {
  const row = await findDevice()
  if (!row || row.wrongPins >= mostWrongPins) return { triesLeft: 0 }
  await database.device.update('device', { wrongPins: row.wrongPins + 1 })
  const key = await openVault(row.vault, pin)
  if (!key) return { triesLeft: mostWrongPins - row.wrongPins - 1 }
  await database.device.update('device', { wrongPins: 0 })
  return { key }
}
