import { withoutTraces } from '#contract/photo.ts'
import { applyChange } from '../device/store.ts'
import type { PhotoMeta } from '../work/draft.ts'

const longestSide = 1280
const quality = 0.7

/**
 * A photo small enough for a village's network: drawn anew, so that neither the place nor the owner of the telephone stays in it.
 * Throws where the file is no picture the browser can read.
 */
export async function compressPhoto(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  // Browsers put a profile of their colours in what they draw; the server would keep the photo without it.
  const bare = blob && withoutTraces(new Uint8Array(await blob.arrayBuffer()))
  if (!bare) throw new Error('no picture')
  return bare
}

/** Keeps a photo sealed on the device and answers what the report says of it. */
export async function keepPhoto(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<PhotoMeta> {
  const id = crypto.randomUUID()
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  await applyChange(key, { put: { contents: [[id, bytes]] } })
  return { id, size: bytes.length, sha256 }
}
