/** What lies on the device is sealed with a data key; the data key is wrapped by a key made of the PIN. */
export interface VaultRecord {
  salt: Uint8Array<ArrayBuffer>
  iterations: number
  iv: Uint8Array<ArrayBuffer>
  wrapped: ArrayBuffer
}

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
}

/** As OWASP recommends for PBKDF2 with SHA-256: a second or so on a cheap telephone, six hundred thousand guesses' worth to a thief. */
export const pinIterations = 600_000

/** A new data key, wrapped by the PIN; the key itself cannot be read out again. */
export async function makeVault(
  pin: string,
  iterations = pinIterations,
): Promise<{ record: VaultRecord; key: CryptoKey }> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const wrapping = await keyOfPin(pin, salt, iterations)
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
    'encrypt',
    'decrypt',
  ])
  const wrapped = await crypto.subtle.wrapKey('raw', fresh, wrapping, { name: 'AES-GCM', iv })
  const record = { salt, iterations, iv, wrapped }
  return { record, key: await unwrap(record, wrapping) }
}

/** The data key, or undefined when the PIN is wrong. */
export async function openVault(record: VaultRecord, pin: string): Promise<CryptoKey | undefined> {
  const wrapping = await keyOfPin(pin, record.salt, record.iterations)
  return unwrap(record, wrapping).catch(() => undefined)
}

async function keyOfPin(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveKey',
  ])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    typed,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  )
}

function unwrap({ wrapped, iv }: VaultRecord, wrapping: CryptoKey): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey('raw', wrapped, wrapping, { name: 'AES-GCM', iv }, 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
}

/** Seals bytes for one place only: they cannot be read where they were not put. */
export async function sealBytes(
  key: CryptoKey,
  place: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) },
    key,
    bytes,
  )
  return { iv, data }
}

/** Throws when the key is another or the bytes come from another place. */
export async function openBytes(
  key: CryptoKey,
  place: string,
  { iv, data }: Sealed,
): Promise<Uint8Array<ArrayBuffer>> {
  const additionalData = new TextEncoder().encode(place)
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, data))
}
