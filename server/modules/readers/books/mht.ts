import { textOfBytes } from '../csv.ts'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'

/** The pages of a file: itself, or where it is a web archive (mht) all pages in it, decoded. */
export function htmlOfArchive(bytes: Buffer): string[] {
  const head = bytes.toString('latin1', 0, 4096)
  const boundary = isArchive(head) ? /boundary="?([^"\r\n;]+)/i.exec(head)?.[1] : undefined
  if (boundary === undefined) return [textOfBytes(bytes)]
  const parts = bytes.toString('latin1').split(`--${boundary}`)
  if (parts.length > limits.archived) throw unreadable('too-large', { what: 'parts', limit: limits.archived })
  return parts.flatMap((part) => {
    const end = /\r?\n\r?\n/.exec(part)
    if (!end) return []
    const headers = part.slice(0, end.index)
    if (!/content-type:\s*text\/html/i.test(headers)) return []
    const body = part.slice(end.index + end[0].length)
    const how = /content-transfer-encoding:\s*([\w-]+)/i.exec(headers)?.[1]?.toLowerCase()
    return [textOfBytes(decode(body, how))]
  })
}

export const isArchive = (head: string) =>
  /^(?:mime-version|from|message-id|x-[\w-]+|date|subject):/i.test(head) &&
  /content-type:\s*multipart\//i.test(head)

function decode(body: string, how: string | undefined): Buffer {
  if (how === 'base64') return Buffer.from(body, 'base64')
  if (how !== 'quoted-printable') return Buffer.from(body, 'latin1')
  const joined = body.replace(/=[ \t]*\r?\n/g, '')
  return Buffer.from(
    joined.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}
