import { posix } from 'node:path'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'
import { builtInDateKind, type DateKind, dateKindOf } from './number-formats.ts'
import { type ShownUnit, shownUnitOf } from './shown-units.ts'
import type { Package } from './xlsx-package.ts'

export interface XlsxWorkbook {
  date1904: boolean
  sheets: { name: string; hidden: boolean; part: string }[]
  sharedStrings: string | undefined
  /** By style index: what kind of date a styled number is. */
  dateKinds: (DateKind | undefined)[]
  /** By style index: what the format adds to a number of money. */
  shownUnits: (ShownUnit | undefined)[]
  /** Programs that cannot calculate ask for it to be done when the workbook is opened, and store 0 meanwhile. */
  awaitsCalculation: boolean
}

interface Relation {
  id: string
  type: string
  part: string
}

/** Relations of a part, their targets as names within the package. */
async function relationsOf(zip: Package, part: string): Promise<Relation[]> {
  const relations: Relation[] = []
  const name = posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)
  if (!zip.has(name)) return relations
  await zip.scan(name, (element, { Id = '', Type = '', Target = '', TargetMode }) => {
    if (element !== 'Relationship' || TargetMode === 'External') return
    const target = Target.startsWith('/') ? Target.slice(1) : posix.join(posix.dirname(part), Target)
    if (relations.length >= limits.parts)
      throw unreadable('too-large', { what: 'parts', limit: limits.parts })
    relations.push({ id: Id, type: posix.basename(Type), part: target })
  })
  return relations
}

/** Main part of the package; where the package names none, the usual one. */
export async function mainPart(zip: Package) {
  const root = await relationsOf(zip, '')
  return root.find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml'
}

export async function readWorkbook(zip: Package): Promise<XlsxWorkbook> {
  const part = await mainPart(zip)
  const relations = await relationsOf(zip, part)
  const byId = new Map(relations.map((relation) => [relation.id, relation]))
  const target = (type: string) =>
    relations.find((relation) => relation.type === type && zip.has(relation.part))?.part
  const sheets: XlsxWorkbook['sheets'] = []
  let date1904 = false
  let awaitsCalculation = false
  await zip.scan(part, (element, attributes) => {
    if (element === 'workbookPr') date1904 = isTrue(attributes.date1904)
    if (element === 'calcPr') awaitsCalculation = isTrue(attributes.fullCalcOnLoad)
    if (element !== 'sheet') return
    const relation = byId.get(attributes.id ?? '')
    if (relation?.type !== 'worksheet' || !zip.has(relation.part)) return
    if (sheets.length >= limits.sheets)
      throw unreadable('too-large', { what: 'sheets', limit: limits.sheets })
    sheets.push({
      name: attributes.name ?? '',
      hidden: (attributes.state ?? 'visible') !== 'visible',
      part: relation.part,
    })
  })
  if (sheets.length === 0) throw unreadable('damaged', { missing: 'worksheet' })
  const styles = target('styles')
  const formats = styles ? await readFormats(zip, styles) : { dateKinds: [], shownUnits: [] }
  return { date1904, sheets, sharedStrings: target('sharedStrings'), ...formats, awaitsCalculation }
}

const isTrue = (flag: string | undefined) => flag === '1' || flag === 'true'

/** Formats a workbook need not spell out. */
const builtInPercent: Readonly<Record<string, string>> = { 9: '0%', 10: '0.00%' }

async function readFormats(zip: Package, part: string) {
  const formats = new Map<string, string>()
  const styles: string[] = []
  let inCellStyles = false
  await zip.scan(part, (element, { numFmtId = '0', formatCode = '' }) => {
    if (element === 'numFmt') formats.set(numFmtId, formatCode)
    else if (element === 'cellXfs') inCellStyles = true
    else if (element === 'cellStyles' || element === 'dxfs') inCellStyles = false
    else if (element === 'xf' && inCellStyles) styles.push(numFmtId)
  })
  const dateKinds = styles.map((id) => {
    const format = formats.get(id)
    return format === undefined ? builtInDateKind(Number(id)) : dateKindOf(format)
  })
  return {
    dateKinds,
    shownUnits: styles.map((id) => shownUnitOf(formats.get(id) ?? builtInPercent[id] ?? '')),
  }
}
