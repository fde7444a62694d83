import { createReadStream, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileRowCheck, type Value } from '#server/modules/feeds/checks/index.ts'
import { columnFor } from '#server/modules/feeds/definitions/kit.ts'
import { inspectFile, readRows } from '#server/modules/readers/index.ts'
import { openStoredFile, storeFile } from '#server/platform/files/file-store.ts'
import { openVault } from '#server/platform/keys/crypto.ts'
import { type Delivery, generateProvince, noDirt } from './index.ts'
import { feedOf } from './outgoing/columns.ts'

const asOf = '2020-03-10'
const keys = openVault(Buffer.alloc(32, 1)).fileKeys()
let root = ''
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'province-'))
})
afterAll(() => rmSync(root, { recursive: true }))

/** Reads a delivered file as the intake does: rows, and how many of them the checks refuse and why. */
async function receive(folder: string, delivery: Delivery) {
  const feed = feedOf(delivery.feed)
  const source = createReadStream(path.join(folder, delivery.file)).pipe(new PassThrough())
  const { ref } = await storeFile(path.join(root, 'store'), keys, source)
  const file = await openStoredFile(path.join(root, 'store'), keys, ref)
  const found = await inspectFile(file, delivery.file, (header) => columnFor(feed, header) !== undefined)
  if (!found.ok) throw new Error(`${delivery.file}: ${JSON.stringify(found)}`)
  const sheet = found.sheets.find(({ name }) => name === (delivery.sheet ?? name))
  if (!sheet) throw new Error(`${delivery.file}: no sheet ${delivery.sheet}`)
  const places = sheet.headers.flatMap((header, index) => {
    const column = columnFor(feed, header)
    return column ? [[column.key, { index, header }] as const] : []
  })
  const check = compileRowCheck(feed, Object.fromEntries(places), {
    today: delivery.arrivedOn,
    settlementToleranceFen: 20_000,
  })
  const values: Value[] = []
  const reasons = new Map<string, number>()
  let rows = 0
  let refused = 0
  for await (const batch of readRows(file, { ...found, sheet: sheet.name, headerRow: sheet.headerRow })) {
    for (const cells of batch.rows) {
      rows++
      const wrong = check(cells, values)
      if (!wrong) continue
      refused++
      for (const { code } of wrong) reasons.set(code, (reasons.get(code) ?? 0) + 1)
    }
  }
  await file.close()
  return { rows, refused, reasons, headerRow: sheet.headerRow, encoding: found.encoding }
}

describe('the intake reads what the province sends', () => {
  it('without dirt, every row of every file', async () => {
    const folder = path.join(root, 'clean')
    const { files } = await generateProvince({ households: 600, seed: 5, asOf, out: folder, dirt: noDirt })
    for (const delivery of files.filter(({ rows }) => rows > 0)) {
      const got = await receive(folder, delivery)
      expect({ file: delivery.file, rows: got.rows, reasons: [...got.reasons] }).toEqual({
        file: delivery.file,
        rows: delivery.rows,
        reasons: [],
      })
    }
  })

  it('with dirt, but for the share that was spoilt, and the file to hold whole', async () => {
    const folder = path.join(root, 'dirty')
    const { files } = await generateProvince({
      households: 4000,
      seed: 5,
      asOf,
      out: folder,
      from: '2020-01',
    })
    const seen = new Set<string>()
    for (const delivery of files.filter(({ rows }) => rows > 0)) {
      const { rows, refused, reasons } = await receive(folder, delivery)
      for (const code of reasons.keys()) seen.add(code)
      expect(rows).toBe(delivery.rows)
      if (delivery.expect === 'held') expect(refused / rows).toBeGreaterThan(0.5)
      else if (rows > 1000) expect(refused / rows).toBeLessThan(0.05)
      if (delivery.feed === 'employment' && delivery.expect === 'merged' && rows > 1000)
        expect(refused / rows).toBeGreaterThan(0.015)
    }
    for (const code of ['id-check-digit', 'id-length', 'id-mangled', 'sex-differs-from-id'])
      expect(seen).toContain(code)
  })
})
