/**
 * Photos without traces, on the telephone that takes them and again on the server. What a JPEG needs to be shown: tables, frames, scans, and Adobe's word on its colours. Everything else a camera or a program puts
 * in names a place, a device, a person or holds a smaller picture of what was cut away: EXIF with GPS and thumbnail, XMP, IPTC,
 * comments, colour profiles of a device, and whatever follows the picture's end.
 */
const [first, start, end, scan, adobe, exif, jfif] = [0xff, 0xd8, 0xd9, 0xda, 0xee, 0xe1, 0xe0]
const isFrame = (kind: number) => kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind)
const isTable = (kind: number) => [0xc4, 0xcc, 0xdb, 0xdc, 0xdd, 0xde, 0xdf].includes(kind)
const isRestart = (kind: number) => kind >= 0xd0 && kind <= 0xd7
const plainJfif = Uint8Array.of(...[0xff, 0xe0, 0, 16], ...latin1('JFIF\0'), ...[1, 1, 0, 0, 1, 0, 1, 0, 0])

/** The photo without anything that speaks of more than it shows; undefined where the bytes are no whole JPEG. */
export function withoutTraces(photo: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (photo[0] !== first || photo[1] !== start) return undefined
  const kept: Uint8Array[] = []
  const view = viewOf(photo)
  let turned = 1
  let isJfif = false
  let shows = false
  for (let at = 2; ; ) {
    if (photo[at] !== first) return undefined
    while (photo[at + 1] === first) at += 1
    const kind = photo[at + 1]
    if (kind === end) break
    const length = at + 4 <= photo.length ? view.getUint16(at + 2) : 0
    const next = at + 2 + length
    if (kind === undefined || length < 2 || next > photo.length) return undefined
    const segment = photo.subarray(at, next)
    if (kind === exif) turned = orientationOf(segment) ?? turned
    isJfif ||= kind === jfif && textOf(segment, 4, 9) === 'JFIF\0'
    if (isFrame(kind) || isTable(kind) || kind === scan || kind === adobe) kept.push(segment)
    at = next
    if (kind !== scan) continue
    at = endOfScan(photo, next)
    kept.push(photo.subarray(next, at))
    shows = true
  }
  if (!shows) return undefined
  const head = [Uint8Array.of(first, start), ...(isJfif ? [plainJfif] : []), ...upright(turned)]
  return joined([...head, ...kept, Uint8Array.of(first, end)])
}

/** Where the next marker is: inside a scan 0xff stands before 0 or a restart. */
function endOfScan(photo: Uint8Array, from: number): number {
  for (let at = photo.indexOf(first, from); at >= 0; at = photo.indexOf(first, at + 1)) {
    const kind = photo[at + 1]
    if (kind !== undefined && kind !== 0 && kind !== first && !isRestart(kind)) return at
  }
  return photo.length
}

const orientationTag = 0x0112

/** How the camera was turned (1 to 8), the one thing of its notes without which a picture lies on its side. */
function orientationOf(segment: Uint8Array): number | undefined {
  if (textOf(segment, 4, 10) !== 'Exif\0\0') return undefined
  const tiff = segment.subarray(10)
  const view = viewOf(tiff)
  const little = textOf(tiff, 0, 2) === 'II'
  const at = (place: number, bytes: 2 | 4) => {
    if (place + bytes > tiff.length) return 0
    return bytes === 2 ? view.getUint16(place, little) : view.getUint32(place, little)
  }
  const directory = at(4, 4)
  const entries = Math.min(at(directory, 2), 200)
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12
    const value = at(entry + 8, 2)
    if (at(entry, 2) === orientationTag) return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** Notes of a camera that say how it was turned and nothing else. */
function upright(turned: number): Uint8Array[] {
  if (turned === 1) return []
  const directory = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0]
  return [
    Uint8Array.of(...[0xff, 0xe1, 0, 34], ...latin1('Exif\0\0MM'), ...[0, 42, 0, 0, 0, 8], ...directory),
  ]
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const textOf = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to))

function latin1(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
