/**
 * What a JPEG needs to be shown: tables, frames, scans, and Adobe's word on its colours. Everything else a camera or a program puts
 * in names a place, a device, a person or holds a smaller picture of what was cut away: EXIF with GPS and thumbnail, XMP, IPTC,
 * comments, colour profiles of a device, and whatever follows the picture's end.
 */
const [first, start, end, scan, adobe, exif, jfif] = [0xff, 0xd8, 0xd9, 0xda, 0xee, 0xe1, 0xe0]
const isFrame = (kind: number) => kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind)
const isTable = (kind: number) => [0xc4, 0xcc, 0xdb, 0xdc, 0xdd, 0xde, 0xdf].includes(kind)
const isRestart = (kind: number) => kind >= 0xd0 && kind <= 0xd7
const plainJfif = Buffer.from('ffe000104a46494600010100000100010000', 'hex')

/** The photo without anything that speaks of more than it shows; undefined where the bytes are no whole JPEG. */
export function withoutTraces(photo: Buffer): Buffer | undefined {
  if (photo[0] !== first || photo[1] !== start) return undefined
  const kept: Buffer[] = []
  let turned = 1
  let isJfif = false
  let shows = false
  for (let at = 2; ; ) {
    if (photo[at] !== first) return undefined
    while (photo[at + 1] === first) at += 1
    const kind = photo[at + 1]
    if (kind === end) break
    const length = at + 4 <= photo.length ? photo.readUInt16BE(at + 2) : 0
    const next = at + 2 + length
    if (kind === undefined || length < 2 || next > photo.length) return undefined
    const segment = photo.subarray(at, next)
    if (kind === exif) turned = orientationOf(segment) ?? turned
    isJfif ||= kind === jfif && segment.toString('latin1', 4, 9) === 'JFIF\0'
    if (isFrame(kind) || isTable(kind) || kind === scan || kind === adobe) kept.push(segment)
    at = next
    if (kind !== scan) continue
    at = endOfScan(photo, next)
    kept.push(photo.subarray(next, at))
    shows = true
  }
  if (!shows) return undefined
  const head = [Buffer.from([first, start]), ...(isJfif ? [plainJfif] : []), ...upright(turned)]
  return Buffer.concat([...head, ...kept, Buffer.from([first, end])])
}

/** Where the next marker is: inside a scan 0xff stands before 0 or a restart. */
function endOfScan(photo: Buffer, from: number): number {
  for (let at = photo.indexOf(first, from); at >= 0; at = photo.indexOf(first, at + 1)) {
    const kind = photo[at + 1]
    if (kind !== undefined && kind !== 0 && kind !== first && !isRestart(kind)) return at
  }
  return photo.length
}

const orientationTag = 0x0112

/** How the camera was turned (1 to 8), the one thing of its notes without which a picture lies on its side. */
function orientationOf(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return undefined
  const tiff = segment.subarray(10)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const at = (place: number, bytes: 2 | 4) => {
    if (place + bytes > tiff.length) return 0
    return little ? tiff.readUIntLE(place, bytes) : tiff.readUIntBE(place, bytes)
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
function upright(turned: number): Buffer[] {
  if (turned === 1) return []
  const notes = Buffer.from('ffe100224578696600004d4d002a00000008000101120003000000010001000000000000', 'hex')
  notes.writeUInt16BE(turned, 28)
  return [notes]
}
