import { expect, it } from 'vitest'
import { withoutTraces } from '#contract/photo.ts'
import { barePhoto, cameraNotes, cameraPhoto } from '#test/harness/photo.ts'

function bareOf(photo: Uint8Array): Buffer | undefined {
  const bare = withoutTraces(photo)
  return bare && Buffer.from(bare)
}

it('keeps the picture and nothing that says where, by what or by whom it was taken', () => {
  const photo = cameraPhoto()
  for (const trace of ['GPS', 'Huawei', 'Exif', 'xmpmeta', '8BIM', 'JFXX', '张三'])
    expect(photo.includes(trace)).toBe(true)
  expect(bareOf(photo)?.equals(barePhoto)).toBe(true)
  expect(bareOf(barePhoto)?.equals(barePhoto)).toBe(true)
})

it('leaves of the notes how the camera was turned, whatever order its bytes have', () => {
  for (const little of [false, true]) {
    const bare = bareOf(cameraPhoto({ orientation: 6, little }))
    expect(bare?.includes('GPS')).toBe(false)
    expect(bare?.length).toBe(barePhoto.length + 36)
    const notes = bare?.subarray(bare.indexOf('Exif'), bare.indexOf('Exif') + 32)
    expect(notes?.readUInt16BE(24)).toBe(6)
    // What was left is read again as it was written.
    expect(bareOf(bare ?? Buffer.alloc(0))?.equals(bare ?? Buffer.alloc(0))).toBe(true)
  }
  expect(bareOf(cameraPhoto({ orientation: 9 }))?.equals(barePhoto)).toBe(true)
})

it('takes nothing for a photo that is none, or only a part of one', () => {
  for (let length = 0; length < barePhoto.length; length++)
    expect([length, bareOf(barePhoto.subarray(0, length))]).toEqual([length, undefined])
  const others = ['89504e470d0a1a0a', '52494646ffffffff57454250', '000000186674797068656963', 'ffd8ffd9']
  for (const hex of others) expect(bareOf(Buffer.from(hex, 'hex'))).toBeUndefined()
  // Notes that point beyond their end.
  const broken = cameraNotes(6)
  broken.writeUInt32BE(0xfffffff0, 14)
  const photo = Buffer.concat([barePhoto.subarray(0, 2), broken, barePhoto.subarray(2)])
  expect(bareOf(photo)?.equals(barePhoto)).toBe(true)
})
