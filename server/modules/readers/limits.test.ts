import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect, openFileShelf } from '#test/harness/stored-files.ts'
import { zipped } from '#test/harness/zip-file.ts'
import { inspectFile, readRows } from './index.ts'
import { limits } from './limits.ts'

let shelf: Awaited<ReturnType<typeof openFileShelf>>
beforeAll(async () => {
  shelf = await openFileShelf()
})
afterAll(() => shelf.close())

const relation = (id: string, target: string) =>
  `<Relationship Id="${id}" Type="x/worksheet" Target="${target}"/>`
type Part = [name: string, text: Iterable<string>]

/** A workbook of one sheet, its parts as given. */
function workbook(sheet: Iterable<string>, more: Part[] = [], book?: string): Part[] {
  return [
    ['xl/workbook.xml', [book ?? '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>']],
    ['xl/_rels/workbook.xml.rels', [`<Relationships>${relation('r1', 'a.xml')}</Relationships>`]],
    ['xl/a.xml', sheet],
    ...more,
  ]
}
const sheet = (rows: string) => ['<worksheet><sheetData>', rows, '</sheetData></worksheet>']
const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
const header = `<row>${cell('姓名')}${cell('金额')}</row>`

const pack = async (parts: Part[]) => Buffer.concat(await collect(zipped(parts)))

/** What is said of the file: when it is looked into, or else when its rows are read. */
async function verdict(bytes: Buffer, name = 'x.xlsx') {
  const file = await shelf.store(bytes)
  const found = await inspectFile(file, name)
  if (!found.ok) return found.details
  try {
    for await (const _ of readRows(file, { ...found, sheet: found.sheets[0]?.name ?? '', headerRow: 1 })) {
    }
  } catch (error) {
    return (error as { details?: object }).details ?? error
  }
  return 'read'
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/**
 * No more memory is in use while `work` runs than `bytes` above what was there before. What has not been collected counts as in use, and
 * only where that is too much is it collected to see: a collection takes longer than the moment between two looks.
 */
async function expectWithin(bytes: number, work: () => Promise<unknown>): Promise<void> {
  const inUse = () => {
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const collected = () => {
    collectGarbage()
    return inUse()
  }
  const before = collected()
  let most = 0
  let looks = 0
  const timer = setInterval(() => {
    looks++
    const above = inUse() - before
    most = Math.max(most, above < bytes ? above : collected() - before)
  }, 20)
  await work()
  clearInterval(timer)
  expect(looks).toBeGreaterThan(0)
  expect(most).toBeLessThan(bytes)
}

describe('hostile packages', () => {
  it('pack a gigabyte into a megabyte, and take no memory', async () => {
    const blank = ' '.repeat(1 << 20)
    const bomb = await pack(
      workbook(sheet(header), [['xl/b.xml', Array.from({ length: 1024 }, () => blank)]]),
    )
    expect(bomb.length).toBeLessThan(8 << 20)
    await expectWithin(60 << 20, async () =>
      expect(await verdict(bomb)).toEqual({ reason: 'too-large', what: 'ratio', limit: 150 }),
    )
  })

  it('say less than they unpack to, and are left at what they said', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `<row><c><v>${i}</v></c><c><v>1</v></c></row>`)
    const bytes = await pack(
      workbook(['<worksheet><sheetData>', header, ...rows, '</sheetData></worksheet>']),
    )
    declare(bytes, 'xl/a.xml', { size: 70_000 })
    expect(await verdict(bytes)).toEqual({ reason: 'damaged', expected: 70_000 })
  })

  it('say they unpack to more than any disk should hold', async () => {
    const bytes = await pack(
      workbook(
        sheet(header),
        [1, 2, 3].map((i) => [`xl/${i}.xml`, ['x']]),
      ),
    )
    for (const i of [1, 2, 3]) declare(bytes, `xl/${i}.xml`, { size: 0xfffffff0 })
    expect(await verdict(bytes)).toMatchObject({ reason: 'too-large', what: 'unpacked' })
  })

  it('use the same bytes for many parts', async () => {
    const bytes = await pack(
      workbook(
        sheet(header),
        [1, 2, 3].map((i) => [`xl/${i}.xml`, ['x']]),
      ),
    )
    for (const i of [1, 2, 3]) declare(bytes, `xl/${i}.xml`, { packed: bytes.length - 100, size: 1000 })
    expect(await verdict(bytes)).toMatchObject({ reason: 'damaged', found: 'overlapping parts' })
  })

  it('name sheets and relations by the hundred thousand, or give an element as many attributes', async () => {
    const many = <T>(count: number, of: (i: number) => T) => Array.from({ length: count }, (_, i) => of(i))
    const attributes = many(300, (i) => `a${i}="${i}"`).join(' ')
    const wide = `<workbook><sheets><sheet name="a" r:id="r1" ${attributes}/></sheets></workbook>`
    expect(await verdict(await pack(workbook(sheet(header), [], wide)))).toMatchObject({ what: 'attributes' })
    const page = `<table ${attributes}><tr><td>姓名</td><td>金额</td></tr></table>`
    expect(await verdict(Buffer.from(page), 'x.xls')).toMatchObject({ what: 'attributes' })
    const parts = many(20_000, (i) => `<Relationship Id="r${i}" Type="x/worksheet" Target="a.xml"/>`).join('')
    const crowded = workbook(sheet(header)).map(
      ([name, text]): Part =>
        name.endsWith('.rels') ? [name, [`<Relationships>${parts}</Relationships>`]] : [name, text],
    )
    expect(await verdict(await pack(crowded))).toMatchObject({ what: 'parts' })
    // Each sheet is looked up once, not along all relations: these took a quarter of a minute.
    const sheets = many(60_000, (i) => `<sheet name="s" r:id="z${i}"/>`).join('')
    const relations = many(9000, (i) => `<Relationship Id="r${i}" Type="x/worksheet" Target="a.xml"/>`).join(
      '',
    )
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const lost = workbook(sheet(header), [], `<workbook><sheets>${sheets}</sheets></workbook>`).map(
      ([name, text]): Part =>
        name.endsWith('.rels') ? [name, [`<Relationships>${relations}</Relationships>`]] : [name, text],
    )
    expect(await verdict(await pack(lost))).toMatchObject({ missing: 'worksheet' })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
  })

  it('have parts or sheets without number', async () => {
    const parts = Array.from({ length: limits.parts }, (_, i): Part => [`xl/p${i}`, []])
    expect(await verdict(await pack(workbook(sheet(header), parts)))).toMatchObject({ what: 'parts' })
    const many = Array.from({ length: 201 }, (_, i) => `<sheet name="s${i}" r:id="r1"/>`).join('')
    const book = `<workbook><sheets>${many}</sheets></workbook>`
    expect(await verdict(await pack(workbook(sheet(header), [], book)))).toMatchObject({
      what: 'sheets',
      limit: 200,
    })
  })

  it('hold another package, which is not opened', async () => {
    const inner = await pack(workbook(sheet(header)))
    const outer = await pack([['inner.xlsx', [inner.toString('latin1')]]])
    expect(await verdict(outer, 'x.zip')).toEqual({ reason: 'archive', looksLike: 'zip' })
  })

  it('define entities that grow, or that read files', async () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join(
      '',
    )
    for (const dtd of [`<!ENTITY a0 "ha">${laughs}`, '<!ENTITY a9 SYSTEM "file:///etc/passwd">']) {
      const book = `<!DOCTYPE x [${dtd}]><workbook><sheets><sheet name="&a9;" r:id="r1"/></sheets></workbook>`
      expect(await verdict(await pack(workbook(sheet(header), [], book)))).toEqual({
        reason: 'damaged',
        found: 'DOCTYPE',
      })
    }
    // In a sheet they stay the letters they are.
    const text = `<!DOCTYPE x [<!ENTITY e "boom">]>${sheet(`${header}<row>${cell('&e;')}${cell('1')}</row>`).join('')}`
    const file = await shelf.store(await pack(workbook([text])))
    const rows = await collect(readRows(file, { format: 'xlsx', encoding: null, headerRow: 1 }))
    expect(rows[0]?.rows).toEqual([['&e;', '1']])
  })

  it('repeat one row number for ever', async () => {
    const row = '<row r="2"><c><v>1</v></c><c><v>2</v></c></row>'.repeat(1024)
    const rows = Array.from({ length: 1025 }, () => row)
    // Some noise, so that it is not refused for being packed too tightly.
    const noise = rows.map((text, i) => `${text}<row r="2"><c><v>${Math.sin(i)}</v></c></row>`)
    await expectWithin(200 << 20, async () =>
      expect(
        await verdict(
          await pack(workbook(['<worksheet><sheetData>', header, ...noise, '</sheetData></worksheet>'])),
        ),
      ).toMatchObject({ reason: 'too-large', what: 'rows' }),
    )
  })

  it('fill a cell with a book', async () => {
    const row = `<row r="2">${cell('甲')}${cell('x'.repeat(limits.cell + 1))}</row>`
    expect(await verdict(await pack(workbook(sheet(`${header}${row}`))))).toEqual({
      reason: 'cell-too-long',
      ...{ row: 2, column: 2, limit: limits.cell },
    })
  })
})

describe('hostile texts', () => {
  const csv = (...rows: string[]) => Buffer.from(`姓名,金额\n张,1\n李,2\n${rows.join('\n')}\n`)

  it('have cells, rows or columns beyond any table', async () => {
    expect(await verdict(csv(`王,${'9'.repeat(limits.cell + 1)}`), 'x.csv')).toMatchObject({
      reason: 'cell-too-long',
      ...{ row: 4, column: 2 },
    })
    const cells = Array.from({ length: 40 }, () => 'x'.repeat(30_000)).join(',')
    expect(await verdict(csv(cells), 'x.csv')).toMatchObject({ reason: 'row-too-long', row: 4 })
    expect(await verdict(csv('1,'.repeat(1100)), 'x.csv')).toMatchObject({
      reason: 'too-many-columns',
      row: 4,
    })
    expect(await verdict(csv(','.repeat(500_000)), 'x.csv')).toBe('read')
    expect(await verdict(csv('x'.repeat(3 << 20)), 'x.csv')).toMatchObject({ reason: 'row-too-long', row: 4 })
    expect(await verdict(csv(`"${'x'.repeat(3 << 20)}`), 'x.csv')).toMatchObject({
      reason: 'quote-not-closed',
    })
  })

  it('have rows of nothing without number', async () => {
    for (const nothing of ['\n', ' ,\n']) {
      const text = Buffer.from(`姓名,金额\n${nothing.repeat(limits.rows + 1)}李,1\n`)
      expect(await verdict(text, 'x.csv')).toMatchObject({ reason: 'too-large', what: 'rows' })
    }
    expect(await verdict(Buffer.from(`姓名,金额\n${'\n'.repeat(1000)}李,1\n`), 'x.csv')).toBe('read')
  })

  it('have rows as long as allowed, by the hundred, and take no memory', async () => {
    const row = Array.from({ length: 30 }, () => 'x'.repeat(30_000)).join(',')
    const bytes = csv(...Array.from({ length: 250 }, () => row))
    const file = await shelf.store(bytes)
    let rows = 0
    await expectWithin(60 << 20, async () => {
      for await (const batch of readRows(file, { format: 'csv', encoding: 'utf-8', headerRow: 1 })) {
        rows += batch.rows.length
        expect(batch.rows.length).toBeLessThan(2000)
      }
    })
    expect(rows).toBe(252)
  })

  it('put a cell where no workbook has one', async () => {
    const at = (index: string, text: string) => `<Cell ${index}><Data ss:Type="String">${text}</Data></Cell>`
    const table = (row: string) =>
      Buffer.from(
        `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row>${at('', '姓名')}${at('', '金额')}</Row>${row}</Table></Worksheet></Workbook>`,
      )
    const wide = table(`<Row>${at('', '张')}${at('', '1')}${at('ss:Index="90000000"', 'x')}</Row>`)
    const deep = table(`<Row ss:Index="90000000">${at('', '张')}</Row>`)
    expect(await verdict(wide, 'x.xls')).toBe('read')
    expect(await verdict(deep, 'x.xls')).toMatchObject({ reason: 'too-large', what: 'rows' })
  })
})

/** Makes the central directory say something else of a part. */
function declare(zip: Buffer, name: string, { size, packed }: { size?: number; packed?: number }) {
  const at = zip.lastIndexOf(name) - 46
  expect(zip.readUInt32LE(at)).toBe(0x02014b50)
  if (packed !== undefined) zip.writeUInt32LE(packed, at + 20)
  if (size !== undefined) zip.writeUInt32LE(size, at + 24)
}
