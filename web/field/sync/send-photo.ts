import { ORPCError } from '@orpc/client'
import { noteActivity } from '#web/api/activity.ts'
import { type PhotoItem, partBytes } from '../work/outbox.ts'
import { noAnswer } from './failure.ts'

const partTimeoutMs = 120_000

/** Sends a photo in parts from where the server stands; reports after each how far it is. Throws as every other call does. */
export async function sendPhoto(
  item: PhotoItem,
  bytes: Uint8Array<ArrayBuffer>,
  onProgress: (received: number) => Promise<void>,
): Promise<void> {
  let received = item.sentBytes
  while (received < item.size) {
    const answer = await sendPart(item, received, bytes.subarray(received, received + partBytes))
    if (!(answer > received && answer <= item.size)) throw noAnswer()
    received = answer
    await onProgress(received)
  }
}

async function sendPart(
  { id, visit, size, sha256 }: PhotoItem,
  offset: number,
  part: Uint8Array<ArrayBuffer>,
): Promise<number> {
  const query = new URLSearchParams({ size: String(size), offset: String(offset), sha256 })
  const response = await fetch(`/api/visits/${visit}/photos/${id}?${query}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    credentials: 'same-origin',
    body: part,
    signal: AbortSignal.timeout(partTimeoutMs),
  })
  const answer: unknown = await response.json().catch(() => ({}))
  if (!response.ok) {
    const { code = 'fallback', data } = answer as { code?: string; data?: Record<string, unknown> }
    throw new ORPCError(code, { status: response.status, data })
  }
  noteActivity()
  return Number((answer as { received: number }).received)
}
