import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import PizZip from 'pizzip'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseDocuments } from '#contract/contact/documents.ts'
import { fillTemplate } from '#server/platform/files/docx.ts'
import { openOwnHousehold, ownSecrets } from '#test/harness/own-record.ts'
import type { Visitor } from '#test/harness/sign-in.ts'
import { readTemplate } from './templates.ts'

let world: Awaited<ReturnType<typeof openOwnHousehold>>
let id: string
const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-templates-'))

/** What one reads in a Word file: each paragraph a line. */
function textOf(content: Buffer, part = 'word/document.xml'): string {
  const xml = new PizZip(content).file(part)?.asText() ?? ''
  return xml
    .replaceAll('</w:p>', '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

beforeAll(async () => {
  world = await openOwnHousehold()
  const { pool } = world.t.database
  const { own } = world
  const by = await world.idOf('chengguan-cun')
  id = randomUUID()
  await pool.query(
    `insert into case_file (county, id, household_id, village, kind, state, step, causes, opened_on, due_on,
      total_due_on, pack,
       publicity_from, publicity_until, publicity_place, compared_at)
     values ($1, $2, $3, $4, 'identification', 'running', 'township-audit', '{illness}', '2020-03-10', '2020-03-12',
       '2020-03-25',
       'anhui-2020', '2020-03-10', '2020-03-15', '村务公开栏', '2020-03-10')`,
    [own.county, id, own.id, own.village],
  )
  const entry = (step: string, details: Record<string, string>) =>
    pool.query(
      `insert into case_entry (county, household_id, village, case_id, step, result, at, by_user, details)
       values ($1, $2, $7, $3, $4, 'done', '2020-03-10T02:00:00Z', $5, $6)`,
      [own.county, own.id, id, step, by, JSON.stringify(details), own.village],
    )
  await entry('authorise', { signatories: '测试甲', scopes: 'bank', signedOn: '2020-03-09' })
  await entry('review', {
    ...{ meetingOn: '2020-03-10', due: '30', present: '26', agreed: '24' },
    minutes: '=SUM(A1:A9) {户主} <w:t>加粗</w:t> & {#成员}',
  })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})

const form = (who: Visitor, kind: string) => who.get(`/api/cases/${id}/documents/${kind}.docx`)

test('every form opens, names the household and its dates, and leaves no brace behind', async () => {
  for (const kind of caseDocuments) {
    const answer = await form(world.people.township, kind)
    expect([kind, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([kind, 200, ''])
    expect(answer.headers['content-disposition']).toContain('.docx')
    const text = textOf(answer.rawPayload)
    expect(text).toContain('城关街道')
    if (!kind.includes('notice')) expect(text).toContain('测试甲')
    if (kind !== 'review-minutes') expect(text).not.toMatch(/[{}]/)
    for (const secret of [...ownSecrets.idNumbers, ownSecrets.phone]) expect(text).not.toContain(secret)
    expect(textOf(answer.rawPayload, 'word/footer1.xml')).toMatch(/文件编号 D[0-9A-F]{8}/)
  }
  const verification = textOf((await form(world.people.township, 'verification-form')).rawPayload)
  expect(verification).toMatch(/户主\n测试甲\n户编号\nG1\n/)
  expect(verification).toMatch(/1\n吃饭\n/)
  const audit = textOf((await form(world.people.township, 'township-audit-form')).rawPayload)
  expect(audit).toContain('2020年3月10日应到 30 人，实到 26 人，同意 24 人，通过。')
  expect(audit).toContain('2020年3月10日至2020年3月15日，公示于村务公开栏')
})

test('what people typed stays text: formulas, braces and markup', async () => {
  const content = (await form(world.people.village, 'review-minutes')).rawPayload
  expect(textOf(content)).toContain('=SUM(A1:A9) {户主} <w:t>加粗</w:t> & {#成员}')
  expect(new PizZip(content).file('word/document.xml')?.asText()).toContain('&lt;w:t&gt;加粗')
})

test('notices are masked, one page a village, and who took a form stands in the audit', async () => {
  const { township, elsewhere } = world.people
  const notice = textOf((await form(township, 'publicity-notice')).rawPayload)
  expect(notice).toMatch(/测\*甲\n341\*{11}\d{4}\n/)
  expect(notice).not.toContain('测试甲')
  expect(notice).toContain('监督电话：12317')
  const list = await township.get('/api/cases/public-list.docx?kind=identification&step=publicity')
  expect([list.statusCode, textOf(list.rawPayload)]).toEqual([200, notice])
  expect((await township.get('/api/cases/public-list.docx?kind=resolution&step=publicity')).statusCode).toBe(
    404,
  )
  expect((await form(elsewhere, 'verification-form')).statusCode).toBe(404)
  expect((await form(township, 'unheard-of')).statusCode).toBe(404)
  expect((await form(world.people.household, 'verification-form')).statusCode).toBe(403)
  const { rows } = await world.t.database.pool.query<{ number: string }>(
    `select detail ->> 'number' as number from audit_entry where action = 'streams.caseDocument' and outcome = 'done'`,
  )
  expect(rows.length).toBeGreaterThan(caseDocuments.length)
  expect(rows.every(({ number }) => /^D[0-9A-F]{8}$/.test(number))).toBe(true)
})

test('an office’s own template is used, and a broken one says what and where', async () => {
  world.server.services.templateDirectory = folder
  const { content } = readTemplate(undefined, 'review-minutes')
  const write = (change: (xml: string) => string) => {
    const zip = new PizZip(content)
    zip.file('word/document.xml', change(zip.file('word/document.xml')?.asText() ?? ''))
    writeFileSync(path.join(folder, 'review-minutes.docx'), zip.generate({ type: 'nodebuffer' }))
  }
  const refusal = async () => {
    const { code, data } = (await form(world.people.village, 'review-minutes')).json<{
      code: string
      data: { file: string; problems: object[]; known: string[] }
    }>()
    return { code, ...data }
  }
  write((xml) => xml.replace('民主评议会议记录', '本县评议记录'))
  expect(textOf((await form(world.people.village, 'review-minutes')).rawPayload)).toContain('本县评议记录')
  write((xml) => xml.replace('{开会日期}', '{开会日子}'))
  const unknown = await refusal()
  expect(unknown).toMatchObject({
    ...{ code: 'template-broken', file: 'review-minutes.docx' },
    problems: [{ what: 'unknown', tag: '开会日子' }],
  })
  expect(unknown.known).toContain('开会日期')
  write((xml) => xml.replace('{开会日期}', '{开会日期'))
  expect(await refusal()).toMatchObject({ problems: [{ what: 'braces', where: 'body' }] })
  writeFileSync(path.join(folder, 'review-minutes.docx'), 'no word file')
  expect(await refusal()).toMatchObject({ problems: [{ what: 'not-word' }] })
  world.server.services.templateDirectory = undefined
})

test('a value of many lines keeps them, and what XML cannot hold is left out', () => {
  const template = readFileSync(path.resolve('data/templates/publicity-notice.docx'))
  const village = { 标题: 'a\nb\u0001', 县: '', 乡镇: '', 村: '', 公示起始: '', 公示截止: '', 公示地点: '' }
  const row = { 序号: '1', 户主: '', 证件号: '', 村民组: '', 人数: '', 原因: '', 类别: '' }
  const fields = { 村庄: [{ ...village, 监督电话: '', 落款日期: '', 名单: [row] }] }
  const made = fillTemplate('x.docx', template, { ...fields, 文件编号: 'D1', 打印日期: '', 打印人: '' }, 'D1')
  expect(new PizZip(made).file('word/document.xml')?.asText()).toContain('<w:br/>')
  expect(new PizZip(made).file('docProps/core.xml')?.asText()).toContain('<dc:identifier>D1<')
})
