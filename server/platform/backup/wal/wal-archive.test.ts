import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSealBox, sealBoxKeyLength } from '../parts/seal-box.ts'
import { formatLsn, parseLsn } from './replication.ts'
import { endOfWal, listWal, readPieces, segmentOf, startOf, walWriter } from './wal-archive.ts'

const mib = 2 ** 20
const box = openSealBox(Buffer.alloc(sealBoxKeyLength, 5))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-wal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('names segments as PostgreSQL does, whatever their size', () => {
  // select pg_walfile_name_offset('2A/B374D848')
  expect(segmentOf(1, parseLsn('2A/B374D848'), 16 * mib)).toEqual({
    name: '000000010000002A000000B3',
    offset: 0x74d848,
  })
  for (const size of [mib, 16 * mib, 64 * mib, 1024 * mib])
    for (const text of ['0/0', '0/1000000', '16/B374D848', 'FF/FFFFFFFF']) {
      const lsn = parseLsn(text)
      const { name, offset } = segmentOf(3, lsn, size)
      expect(startOf(name, size) + BigInt(offset), `${text} ${size}`).toBe(lsn)
      expect(formatLsn(lsn)).toBe(text)
    }
})

it('goes on where a killed process left half a piece', async () => {
  const segment = '000000010000000000000002'
  const at = new Date('2020-03-10T06:00:00Z')
  const first = walWriter(folder, box)
  await first.append({ segment, offset: 0, at, bytes: Buffer.from('one') })
  await first.append({ segment, offset: 3, at, bytes: Buffer.from('two') })
  await first.close()
  const whole = statSync(path.join(folder, segment)).size
  appendFileSync(path.join(folder, segment), Buffer.from([0, 0, 1, 0, 0, 0, 0, 6, 1, 2, 3]))
  expect(await readPieces(folder, segment, box)).toMatchObject({ wholeBytes: whole, isCut: true })
  expect(await endOfWal(folder, 1, 16 * mib, box)).toEqual({ position: 32n * BigInt(mib) + 6n, at })

  const next = walWriter(folder, box)
  await next.append({ segment, offset: 6, at, bytes: Buffer.from('three') })
  await next.append({ segment: '000000010000000000000003', offset: 0, at, bytes: Buffer.from('four') })
  await next.close()
  const { pieces, isCut } = await readPieces(folder, segment, box)
  expect(pieces.map(({ bytes }) => bytes.toString())).toEqual(['one', 'two', 'three'])
  expect(isCut).toBe(false)
  expect(await listWal(folder)).toEqual([segment, '000000010000000000000003'])
  // The same bytes in another segment's file are not of it.
  expect((await readPieces(folder, '000000010000000000000003', box)).pieces).toHaveLength(1)
  expect((await readPieces(folder, segment, openSealBox(Buffer.alloc(sealBoxKeyLength, 6)))).pieces).toEqual(
    [],
  )
})
