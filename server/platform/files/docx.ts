import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import { AppError } from '../errors.ts'

/** What a template may name: texts, and lists whose rows have names of their own. */
export interface Fields {
  readonly [name: string]: string | readonly Fields[]
}

/** What is wrong with a template: no Word file, a brace that is not closed or not opened, a name nobody knows. */
interface Problem {
  what: 'not-word' | 'braces' | 'unknown'
  tag: string
  /** body, header or footer; empty where it is not known. */
  where: string
}

const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const docxType = type
// Characters that XML cannot hold.
const unprintable = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu

/**
 * Fills a template. Values are text and nothing else: braces, markup or formulas in them stay what was typed. Throws
 * `template-broken` with the file, every problem in it and the names it may use.
 */
export function fillTemplate(file: string, template: Buffer, fields: Fields, number: string): Buffer {
  const unknown: Problem[] = []
  const broken = (problems: Problem[]) =>
    new AppError('template-broken', { file, problems, known: namesOf(fields) })
  let document: Docxtemplater
  try {
    document = new Docxtemplater(new PizZip(template), {
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false,
      parser: (tag) => ({
        get: (scope: Fields | string) => (typeof scope === 'string' ? scope : scope[tag]),
      }),
      nullGetter(part: { value?: string }) {
        unknown.push({ what: 'unknown', tag: part.value ?? '', where: '' })
        return ''
      },
    })
    document.render(clean(fields))
  } catch (error) {
    throw broken(problemsOf(error))
  }
  if (unknown.length > 0) throw broken(unknown)
  const zip = document.getZip()
  // Nothing of whoever wrote the template; the number that the footer and the audit name.
  if (zip.file('docProps/core.xml')) zip.file('docProps/core.xml', coreOf(number))
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

const coreOf = (number: string) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Shouwang</dc:creator><dc:identifier>${number}</dc:identifier></cp:coreProperties>`

function clean(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll(unprintable, '') : value.map(clean),
    ]),
  )
}

/** Names a template may use; those of a list's rows behind it. */
function namesOf(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' ? [name] : [`#${name}`, ...Object.keys(value[0] ?? {})],
  )
}

interface Properties {
  xtag?: string
  file?: string
  errors?: { properties?: Properties }[]
}

function problemsOf(error: unknown): Problem[] {
  const properties = (error as { properties?: Properties }).properties
  if (!properties) return [{ what: 'not-word', tag: '', where: '' }]
  const inner = properties.errors?.map((one) => one.properties ?? {}) ?? [properties]
  const found = inner.map(
    ({ xtag = '', file = '' }): Problem => ({
      what: xtag === '' && file === '' ? 'not-word' : 'braces',
      tag: xtag,
      where: /footer|header|document/.exec(file)?.[0].replace('document', 'body') ?? '',
    }),
  )
  // One lost brace is reported by both its neighbours.
  return [...new Map(found.map((one) => [one.tag + one.where, one])).values()]
}
