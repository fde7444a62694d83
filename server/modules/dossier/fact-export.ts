import { z } from 'zod'
import type { Fact, Household } from '#contract/registry/households.ts'
import type { ExportColumn, ExportSource, ExportViewer } from '#server/manifest/export-source.ts'
import { column } from '#server/manifest/list-export.ts'
import { getHouseholdPage } from './household-page.ts'

const FactFilter = z.object({ household: z.uuid(), knownOn: z.iso.date().optional() })
type FactFilter = z.infer<typeof FactFilter>

interface FactRow {
  household: Household
  kind: Household['facts'][number]['name']
  fact: Fact
}

const columns: readonly ExportColumn<FactRow>[] = [
  column('digits', '户编号', 'Household number', ({ household }) => household.householdNo, { width: 22 }),
  column('text', '户主姓名', 'Head', ({ household }) => household.headName, { isMarked: true }),
  column('text', '数据', 'Feed', ({ kind }, language) => kind[language]),
  column('text', '成员', 'Member', ({ fact }) => fact.person),
  column('date', '日期', 'Date', ({ fact }) => fact.date),
  column(
    'text',
    '内容',
    'What it says',
    ({ fact }, language) =>
      fact.fields.map(({ label, value }) => `${label[language]}：${value[language]}`).join('；'),
    { width: 60 },
  ),
  column('text', '文件', 'File', ({ fact }) => fact.fileName, { width: 30 }),
  column('text', '工作表', 'Sheet', ({ fact }) => fact.sheet),
  column('int', '行', 'Row', ({ fact }) => fact.rowNo),
  column('datetime', '何时得知', 'Known from', ({ fact }) => fact.knownFrom),
  column('datetime', '何时更正', 'Corrected at', ({ fact }) => fact.knownUntil),
]

async function factsOf(
  { deps, scope }: ExportViewer,
  { household, knownOn }: FactFilter,
): Promise<FactRow[]> {
  const page = await getHouseholdPage(deps, scope, household, knownOn)
  return page.facts.flatMap(({ name, facts }) => facts.map((fact) => ({ household: page, kind: name, fact })))
}

/** What departments reported of one household, as a file. */
export const factExport: ExportSource<FactFilter, FactRow> = {
  filter: FactFilter,
  capability: 'household.read',
  title: { zh: '部门数据', en: 'Facts of a household' },
  count: async (viewer, filter) => (await factsOf(viewer, filter)).length,
  columns: () => columns,
  async *rows(viewer, filter) {
    yield await factsOf(viewer, filter)
  },
  household: ({ household }) => household,
}
