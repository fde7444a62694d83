import { expect, it } from 'vitest'
import { makeVault, openBytes, openVault, pinIterations, sealBytes } from './vault.ts'

const text = new TextEncoder().encode('张家，三口人') as Uint8Array<ArrayBuffer>

it('opens with the PIN alone and reads back what was sealed', async () => {
  const { record, key } = await makeVault('271828')
  expect(record.iterations).toBe(pinIterations)
  expect(pinIterations).toBeGreaterThanOrEqual(600_000)
  const sealed = await sealBytes(key, 'visits/1', text)
  expect(Buffer.from(sealed.data).includes(Buffer.from(text))).toBe(false)
  const again = await openVault(record, '271828')
  expect(again && (await openBytes(again, 'visits/1', sealed))).toEqual(text)
  expect(await openVault(record, '271829')).toBeUndefined()
})

it('gives no key out and reads nothing in another place', async () => {
  const { key } = await makeVault('271828', 1000)
  expect(key.extractable).toBe(false)
  const sealed = await sealBytes(key, 'visits/1', text)
  await expect(openBytes(key, 'visits/2', sealed)).rejects.toThrow()
  const { key: other } = await makeVault('271828', 1000)
  await expect(openBytes(other, 'visits/1', sealed)).rejects.toThrow()
})
