import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto'

/** Signs with SM2 over SM3, so that whoever has the public key alone can tell what the platform wrote. */
export interface Signer {
  sign(text: string): Buffer
  /** PEM; `openssl dgst -sm3 -verify` takes it. */
  publicKey: string
}

/** A new private key, PKCS #8 in DER. */
export const newSigningKey = (): Buffer =>
  generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey.export({ type: 'pkcs8', format: 'der' })

export function signerOf(privateKey: Buffer): Signer {
  // Read from its bytes the key is one of SM2; the generated object would sign as ECDSA over the same curve.
  const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  return { sign: (text) => sign('sm3', Buffer.from(text), key), publicKey }
}

/** Whether a text was signed with the private half of a public key in PEM. Throws where that is no key. */
export function isSignedBy(publicKey: string, text: string, signature: Buffer): boolean {
  return verify('sm3', Buffer.from(text), createPublicKey(publicKey), signature)
}

/** By which people tell a public key: SM3 of its bytes, the first 16 hexadecimal digits. */
export function fingerprintOf(publicKey: string): string {
  const bytes = createPublicKey(publicKey).export({ type: 'spki', format: 'der' })
  return hash('sm3', bytes).slice(0, 16)
}
