import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { inspectFile, readRows } from '#server/modules/readers/index.ts'
import { type FileKeys, openStoredFile, storeFile } from '#server/platform/files/file-store.ts'
import { openVault } from '#server/platform/keys/crypto.ts'
import { zipped } from '#test/harness/zip-file.ts'
import type { BenchFigures, BenchOptions } from './options.ts'

const headers =
  '姓名,证件号码,结算单号,就医类别,医疗机构,入院日期,结算日期,诊断名称,医疗费总额,基本医保支付,大病保险支付,政策内补充报销,政策外补充报销,医疗救助,财政兜底,定点机构承担,个人自付'.split(
    ',',
  )

/** A settlement of a person who does not exist; every text cell that can be is unlike all others. */
function cellsOf(i: number): string[] {
  const number = String(i).padStart(8, '0')
  return [
    `测试${number}`,
    `34122119900101${String(i % 10_000).padStart(4, '0')}`,
    `JS2020${number}`,
    i % 3 ? '住院' : '普通门诊',
    `测试县第${i % 97}人民医院`,
    `2020-01-${10 + (i % 20)}`,
    `2020-02-${10 + (i % 19)}`,
    `慢性阻塞性肺病${i % 300}`,
    ...Array.from({ length: 9 }, (_, k) => String(((i * (k + 7)) % 900_000) / 100)),
  ]
}

function* csvText(rows: number) {
  yield `\ufeff${headers.join(',')}\r\n`
  for (let i = 0; i < rows; i += 1000) {
    yield Array.from({ length: Math.min(1000, rows - i) }, (_, k) => `${cellsOf(i + k).join(',')}\r\n`).join(
      '',
    )
  }
}

const columns = headers.map((_, i) => String.fromCharCode(65 + i))
const sheetHead =
  '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'

/** Every cell a shared text of its own: the worst a reader can meet. */
function* sheetXml(rows: number) {
  yield sheetHead
  for (let i = 0; i <= rows; i++) {
    const cells = columns
      .map((column, k) => `<c r="${column}${i + 1}" t="s"><v>${i * columns.length + k}</v></c>`)
      .join('')
    yield `<row r="${i + 1}" spans="1:17">${cells}</row>`
  }
  yield '</sheetData></worksheet>'
}

function* textsXml(rows: number) {
  yield `<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
  for (let i = 0; i <= rows; i++) {
    const cells = i === 0 ? headers : cellsOf(i).map((cell, k) => (k < 3 ? cell : `${cell}/${i}`))
    yield cells.map((cell) => `<si><t>${cell}</t></si>`).join('')
  }
  yield '</sst>'
}

const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
const relations = (...all: string[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`

function xlsxParts(rows: number): [name: string, text: Iterable<string>][] {
  const book = '<workbook xmlns:r="r"><sheets><sheet name="结算" sheetId="1" r:id="r1"/></sheets></workbook>'
  return [
    ['_rels/.rels', [relations(relation('r1', 'officeDocument', 'xl/workbook.xml'))]],
    ['xl/workbook.xml', [book]],
    [
      'xl/_rels/workbook.xml.rels',
      [
        relations(
          relation('r1', 'worksheet', 'sheet1.xml'),
          relation('r2', 'sharedStrings', 'sharedStrings.xml'),
        ),
      ],
    ],
    ['xl/sheet1.xml', sheetXml(rows)],
    ['xl/sharedStrings.xml', textsXml(rows)],
  ]
}

/** Reads one file in this process, so that its peak is the reader's own. */
async function measure(dir: string, ref: string, keys: FileKeys) {
  const file = await openStoredFile(dir, keys, ref)
  const inspectStart = performance.now()
  const found = await inspectFile(file, 'bench')
  if (!found.ok) throw new Error(JSON.stringify(found))
  const inspectMs = Math.round(performance.now() - inspectStart)
  const sheet = found.sheets[0]
  const start = performance.now()
  const cpu = process.cpuUsage()
  let rows = 0
  let cells = 0
  for await (const batch of readRows(file, {
    ...found,
    sheet: sheet?.name,
    headerRow: sheet?.headerRow ?? 1,
    mergesRows: sheet?.mergesRows ?? true,
  })) {
    rows += batch.rows.length
    for (const row of batch.rows) cells += row.length
  }
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  await file.close()
  return {
    format: found.format,
    bytes: file.size,
    rows,
    cells,
    inspectMs,
    rowsPerSecond: Math.round(rows / seconds),
    cpuMicrosPerRow: Math.round(((user + system) / rows) * 100) / 100,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

const keys = openVault(Buffer.alloc(32, 1)).fileKeys()

/**
 * Each format is written here and read in a process of its own, under the heap setting of the server; the last line is one JSON
 * object by format.
 */
/** `npm run bench -- readers`: reading alone, csv and xlsx, each in a process of its own. */
export function run({ rows = 1_000_000 }: BenchOptions): Promise<BenchFigures> {
  return benchReaders(rows)
}

async function benchReaders(rows: number) {
  const dir = await mkdtemp(join(tmpdir(), 'bench-readers-'))
  const results: Record<string, unknown> = {}
  try {
    for (const [name, source] of [
      ['csv', csvText(rows)],
      ['xlsx', zipped(xlsxParts(rows))],
    ] as const) {
      const { ref } = await storeFile(dir, keys, Readable.from(source).pipe(new PassThrough()))
      const args = ['--max-semi-space-size=16', fileURLToPath(import.meta.url), '--read', ref, '--dir', dir]
      results[name] = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
    }
  } finally {
    await rm(dir, { recursive: true })
  }
  return results
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '1000000' },
      read: { type: 'string' },
      dir: { type: 'string' },
    },
  })
  if (values.read && values.dir) console.log(JSON.stringify(await measure(values.dir, values.read, keys)))
  else console.log(JSON.stringify(await benchReaders(Number(values.rows))))
}
