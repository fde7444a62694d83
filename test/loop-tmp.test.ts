import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, it } from 'vitest'
import { inspectFile } from '#server/modules/readers/index.ts'
import { collect, openFileShelf } from '#test/harness/stored-files.ts'
import { zipped } from '#test/harness/zip-file.ts'

let shelf: Awaited<ReturnType<typeof openFileShelf>>
beforeAll(async () => {
  shelf = await openFileShelf()
})
afterAll(() => shelf.close())
async function look(name: string, bytes: Buffer, file = 'x.xlsx') {
  const stored = await shelf.store(bytes)
  const h = monitorEventLoopDelay({ resolution: 5 })
  h.enable()
  const t = performance.now()
  let said: unknown
  try {
    const r = await inspectFile(stored, file)
    said = r.ok ? 'ok' : r.details
  } catch (e) {
    said = e
  }
  await new Promise((r) => setTimeout(r, 20))
  h.disable()
  console.log(
    name,
    (bytes.length / 1e6).toFixed(1),
    'MB',
    Math.round(performance.now() - t),
    'ms, longest block',
    Math.round(h.max / 1e6),
    JSON.stringify(said).slice(0, 150),
  )
}
const rel = '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="a.xml"/></Relationships>'
const book = '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
const sheet =
  '<worksheet><sheetData><row><c t="inlineStr"><is><t>姓名</t></is></c></row></sheetData></worksheet>'
const pack = async (parts: [string, Iterable<string>][]) => Buffer.concat(await collect(zipped(parts)))
const noise = (n: number) =>
  Array.from({ length: n }, (_, i) => `${((i * 2654435761) >>> 0).toString(36)}${i}`).join('')
it('loop', async () => {
  const giant = noise(2_000_000) // ~26MB
  await look(
    'attr book',
    await pack([
      ['xl/workbook.xml', [book.replace('name="a"', `name="${giant}"`)]],
      ['xl/_rels/workbook.xml.rels', [rel]],
      ['xl/a.xml', [sheet]],
    ]),
  )
  await look(
    'attr sheet',
    await pack([
      ['xl/workbook.xml', [book]],
      ['xl/_rels/workbook.xml.rels', [rel]],
      ['xl/a.xml', [sheet.replace('<row>', `<row x="${giant}">`)]],
    ]),
  )
  await look(
    'attr cell',
    await pack([
      ['xl/workbook.xml', [book]],
      ['xl/_rels/workbook.xml.rels', [rel]],
      ['xl/a.xml', [sheet.replace('<c t', `<c x="${giant}" t`)]],
    ]),
  )
  await look(
    'many attrs',
    await pack([
      [
        'xl/workbook.xml',
        [
          book.replace(
            'name="a"',
            `name="a" ${Array.from({ length: 1_000_000 }, (_, i) => `a${i}="${i}"`).join(' ')}`,
          ),
        ],
      ],
      ['xl/_rels/workbook.xml.rels', [rel]],
      ['xl/a.xml', [sheet]],
    ]),
  )
  await look(
    'parts',
    await pack([
      ['xl/workbook.xml', [book]],
      ['xl/_rels/workbook.xml.rels', [rel]],
      ['xl/a.xml', [sheet]],
      ...Array.from({ length: 9990 }, (_, i) => [`xl/${'p'.repeat(200)}${i}`, []] as [string, string[]]),
    ]),
  )
  await look(
    'sheets',
    await pack([
      [
        'xl/workbook.xml',
        [
          `<workbook><sheets>${Array.from({ length: 200 }, (_, i) => `<sheet name="s${i}" r:id="r1"/>`).join('')}</sheets></workbook>`,
        ],
      ],
      ['xl/_rels/workbook.xml.rels', [rel]],
      ['xl/a.xml', [sheet]],
    ]),
  )
  const relsMany = `<Relationships>${Array.from({ length: 200_000 }, (_, i) => `<Relationship Id="r${i}" Type="x/worksheet" Target="a.xml"/>`).join('')}</Relationships>`
  await look(
    'rels',
    await pack([
      [
        'xl/workbook.xml',
        [
          `<workbook><sheets>${Array.from({ length: 200_000 }, (_, i) => `<sheet name="s" r:id="z${i}"/>`).join('')}</sheets></workbook>`,
        ],
      ],
      ['xl/_rels/workbook.xml.rels', [relsMany]],
      ['xl/a.xml', [sheet]],
    ]),
  )
  await look(
    'ods attr',
    await pack([
      ['mimetype', ['application/vnd.oasis.opendocument.spreadsheet']],
      [
        'content.xml',
        [
          `<office:document-content><office:body><office:spreadsheet><table:table table:name="${giant}"><table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`,
        ],
      ],
    ]),
    'x.ods',
  )
  await look(
    'html attr',
    Buffer.from(`<html><table x="${giant}"><tr><td>姓名</td><td>金额</td></tr></table></html>`),
    'x.xls',
  )
  await look(
    'html attrs',
    Buffer.from(
      `<html><table ${Array.from({ length: 1_000_000 }, (_, i) => `a${i}="${i}"`).join(' ')}><tr><td>姓名</td><td>金额</td></tr></table></html>`,
    ),
    'x.xls',
  )
  await look(
    'xml2003',
    Buffer.from(
      `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="${giant}"><Table><Row><Cell><Data>姓名</Data></Cell></Row></Table></Worksheet></Workbook>`,
    ),
    'x.xls',
  )
  await look(
    'mht parts',
    Buffer.from(
      `MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n${Array.from({ length: 20000 }, (_, i) => `--b\nContent-Type: text/html\nContent-Location: f${i}\n\n<table><tr><td>姓名</td></tr></table>\n`).join('')}--b--`,
    ),
    'x.mht',
  )
}, 300_000)
