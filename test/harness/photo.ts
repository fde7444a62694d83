/** Two stripes of 12 × 8 points as a browser draws them, without anything about where or by what. */
export const barePhoto = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAIAAwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwX/xAAaEQAABwAAAAAAAAAAAAAAAAAAAQQVUqHR/9oADAMBAAIRAxEAPwCYArN6eNnoN0VzosH/2Q==',
  'base64',
)

const segment = (kind: number, content: Buffer) => {
  const head = Buffer.from([0xff, kind, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

/** What a camera writes before its picture: how it was turned, its maker and where it stood, in either order of bytes. */
export function cameraNotes(orientation: number, little = false): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4)
  const put = (at: number, value: number, bytes: number) =>
    little ? tiff.writeUIntLE(value, at, bytes) : tiff.writeUIntBE(value, at, bytes)
  tiff.write(little ? 'II' : 'MM', 'latin1')
  put(2, 42, 2)
  put(4, 8, 4)
  put(8, 2, 2)
  for (const [i, [tag, kind, count, value]] of [
    [0x0112, 3, 1, orientation],
    [0x8825, 4, 1, 34],
  ].entries()) {
    const at = 10 + i * 12
    put(at, tag ?? 0, 2)
    put(at + 2, kind ?? 0, 2)
    put(at + 4, count ?? 0, 4)
    put(at + 8, value ?? 0, kind === 3 ? 2 : 4)
  }
  return segment(
    0xe1,
    Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from('Huawei P40 GPS 32.9N 115.8E')]),
  )
}

/** The same picture as a telephone's camera keeps it: notes, their thumbnail, an editor's words, and more behind its end. */
export function cameraPhoto({ orientation = 1, little = false, padding = 0 } = {}): Buffer {
  const place = 'GPS 32.9N 115.8E'
  return Buffer.concat([
    barePhoto.subarray(0, 2),
    cameraNotes(orientation, little),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${place} 张三</x:xmpmeta>`)),
    segment(0xed, Buffer.from(`Photoshop 3.0\0 8BIM ${place}`)),
    segment(0xe2, Buffer.from(`MPF\0 Huawei`)),
    segment(0xe0, Buffer.concat([Buffer.from('JFXX\0\x10'), barePhoto])),
    segment(0xfe, Buffer.from('taken by 张三')),
    barePhoto.subarray(2),
    barePhoto,
    Buffer.from(place),
    Buffer.alloc(padding, 7),
  ])
}
