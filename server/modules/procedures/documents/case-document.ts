import { randomUUID } from 'node:crypto'
import { type CaseDocument, caseDocuments } from '#contract/contact/documents.ts'
import { categoryNames, causeNames } from '#server/modules/clues/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { getVisit, readCards } from '#server/modules/visits/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { docxType, type Fields, fillTemplate } from '#server/platform/files/docx.ts'
import type { StreamHandler, StreamRequest } from '#server/platform/http/stream-route.ts'
import { readResolutionFacts } from '../conditions/resolution-facts.ts'
import { naturalChecks, resolutionChecks } from '../conditions/rules.ts'
import { type CaseRecord, findCaseRecord } from '../queries.ts'
import { getCase } from '../view.ts'
import { chineseDay, formFields } from './fields.ts'
import { type PublicList, readPublicList } from './public-list.ts'
import { readTemplate } from './templates.ts'
import { conditionNames, documentNames, noticeTitles } from './words.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const notices = { 'publicity-notice': 'publicity', 'announcement-notice': 'announce' } as const
type NoticeStep = (typeof notices)[keyof typeof notices]

/**
 * One form of a case as a Word file. Names stand in full as on the page, ID numbers and telephones as the role sees them; notices
 * for the board carry masked names. Throws `not-found`, `template-broken`. Who printed it stands in its foot and in the audit.
 */
export const caseDocumentStream: StreamHandler = async ({ deps, me, scope, params }) => {
  const { id = '', kind: requested = '' } = params
  const kind = caseDocuments.find((one) => one === requested)
  const today = deps.clock.today()
  const record = uuid.test(id) && kind ? await findCaseRecord(deps.database.db, scope, id, today) : undefined
  if (!record || !kind) throw new AppError('not-found', { what: 'document' })
  const step = isNotice(kind) ? notices[kind] : undefined
  const fields = step
    ? noticeFields(await readPublicList(deps, scope, { kind: record.kind, step, only: id }), record, step)
    : await caseFields({ deps, me, scope }, record, today)
  const name = step ? record.villageName : record.headName
  return print({ deps, me }, kind, fields, {
    fileName: `${documentNames[kind]}-${name}-${today}.docx`,
    entry: { object: { kind: 'case', ref: id }, household: record.ref, count: 1 },
    action: 'streams.caseDocument',
  })
}

/** The masked lists of an area for the notice board, one page a village. Throws `not-found` where nothing is to hang out. */
export const publicListStream: StreamHandler = async ({ deps, me, scope, query }) => {
  const kind = query.kind === 'resolution' ? 'resolution' : 'identification'
  const step = query.step === 'announce' ? 'announce' : 'publicity'
  const area = query.area ? Number(query.area) : undefined
  const found = await readPublicList(deps, scope, { kind, step, area })
  const households = found.villages.flatMap((village) => village.rows)
  if (households.length === 0) throw new AppError('not-found', { what: 'document' })
  const document: CaseDocument = step === 'publicity' ? 'publicity-notice' : 'announcement-notice'
  return print({ deps, me }, document, noticeFields(found, { kind }, step), {
    fileName: `${noticeTitles[`${kind}-${step}`]}-${deps.clock.today()}.docx`,
    entry: { count: households.length },
    action: 'streams.publicList',
  })
}

const isNotice = (kind: CaseDocument): kind is keyof typeof notices => kind in notices

interface Printing {
  fileName: string
  action: string
  entry: { object?: { kind: string; ref: string }; household?: string; count: number }
}

/** Fills the template and writes down who took it; the number stands in the foot, in the file's properties and in the audit. */
async function print(
  { deps, me }: Pick<StreamRequest, 'deps' | 'me'>,
  kind: CaseDocument,
  fields: Fields,
  { fileName, action, entry }: Printing,
) {
  const number = `D${randomUUID().slice(0, 8).toUpperCase()}`
  const { file, content } = readTemplate(deps.templateDirectory, kind)
  const body = fillTemplate(
    file,
    content,
    { ...fields, 文件编号: number, 打印人: me.name, 打印日期: chineseDay(deps.clock.today()) },
    number,
  )
  await deps.audit.record(deps.database.db, { action, ...entry, detail: { kind, number } })
  return { type: docxType, fileName, body }
}

async function caseFields(
  { deps, me, scope }: Pick<StreamRequest, 'deps' | 'me'> & { scope: AreaScope },
  record: CaseRecord,
  today: string,
): Promise<Fields> {
  const [one, cards, visit, facts] = await Promise.all([
    getCase(deps, scope, me, record.id),
    readCards(deps, [record]),
    record.visitId ? getVisit(deps, scope, me, record.visitId) : undefined,
    record.kind === 'resolution' ? readResolutionFacts(deps.database.db, record, today) : undefined,
  ])
  const card = cards.get(record.householdId)
  if (!card) throw new AppError('not-found', { what: 'household' })
  const isNatural = record.way === 'natural'
  const why = one.entries.find(({ details }) => details.reason)?.details.reason ?? ''
  const checksOfWay = isNatural ? naturalChecks : resolutionChecks
  const conditions = [
    ...(isNatural ? [{ 序号: '', 条件: `自然消除。情况：${why}`, 结果: '' }] : []),
    ...(facts ? checksOfWay(facts) : []).map(({ guard, passed }, i) => ({
      ...{ 序号: String(i + 1), 条件: conditionNames[guard] ?? guard, 结果: passed ? '符合' : '不符合' },
    })),
  ]
  return {
    ...formFields({ one, card, visit, today }),
    消除方式: record.way === null ? '' : isNatural ? '自然消除' : '帮扶后消除',
    消除条件: conditions.length > 0 ? conditions : [{ 序号: '', 条件: '', 结果: '' }],
  }
}

/** Village by village, masked as for everybody to read. */
function noticeFields(
  { villages, hotline, from }: PublicList,
  { kind }: Pick<CaseRecord, 'kind'>,
  step: NoticeStep,
): Fields {
  return {
    村庄: villages.map(({ county, township, village, from: begins, to, place, rows }) => ({
      标题: noticeTitles[`${kind}-${step}`],
      ...{ 县: county, 乡镇: township, 村: village },
      ...{ 公示起始: chineseDay(begins), 公示截止: chineseDay(to), 公示地点: place ?? '', 监督电话: hotline },
      落款日期: chineseDay(step === 'publicity' ? begins : from),
      名单: rows.map((row, i) => ({
        ...{ 序号: String(i + 1), 户主: row.headName, 证件号: row.idNumber, 村民组: row.group ?? '' },
        ...{ 人数: String(row.members), 原因: causeNames[row.cause] },
        类别: row.category ? categoryNames[row.category] : '',
      })),
    })),
  }
}
