import type { Work } from './work.ts'
import { outbox, reports } from './works/field.ts'
import { csvImport, xlsxImport } from './works/imports.ts'
import { backing, reading, screening } from './works/standing.ts'

export const works: readonly Work[] = [csvImport, xlsxImport, screening, outbox, reports, reading, backing]
