import { labelOf } from '#contract/enumerations/enumerations.ts'
import type { ExportColumn, ExportSource } from '#server/manifest/export-source.ts'
import { column, householdColumns } from '#server/manifest/list-export.ts'
import { countPeople, listPeopleOf, type PersonRow } from '#server/modules/registry/files/index.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import { eachHousehold, HouseholdFilter, searchOf } from './household-export.ts'

type Name = Parameters<typeof labelOf>[0]

const label = (name: Name, zh: string, en: string, code: (row: PersonRow) => string | null) =>
  column<PersonRow>('text', zh, en, (row, language) => {
    const found = code(row)
    return found === null ? null : labelOf(name, found, language)
  })

const columns: readonly ExportColumn<PersonRow>[] = [
  ...householdColumns<PersonRow>(stripOf).map((one) => ({ ...one, isMarked: false })),
  column('text', '姓名', 'Name', ({ name }) => name, { isMarked: true }),
  column('digits', '证件号码', 'ID number', ({ idNumber }) => idNumber),
  label('documentKind', '证件类型', 'Paper', ({ idKind }) => idKind),
  label('sex', '性别', 'Sex', ({ sex }) => sex),
  column('date', '出生日期', 'Born on', ({ birth }) => birth),
  column('int', '年龄', 'Age', ({ age }) => age),
  label('relation', '与户主关系', 'Relation to the head', ({ relation }) => relation),
  label('labour', '劳动能力', 'Ability to work', ({ labour }) => labour),
  column('text', '健康状况', 'Health', ({ health }, language) =>
    health.map((one) => labelOf('health', one, language)).join('、'),
  ),
  label('education', '文化程度', 'Education', ({ education }) => education),
  label('studentStatus', '在校情况', 'At school', ({ studentStatus }) => studentStatus),
]

/** The people of the households of a list, a row each, numbers as the page masks them. */
export const peopleExport: ExportSource<HouseholdFilter, PersonRow> = {
  filter: HouseholdFilter,
  capability: 'household.read',
  title: { zh: '人员', en: 'People' },
  count: (viewer, filter) => countPeople(viewer.deps, viewer.scope, searchOf(filter)),
  columns: () => columns,
  async *rows(viewer, filter) {
    for await (const households of eachHousehold(viewer, filter)) yield listPeopleOf(viewer.deps, households)
  },
  household: ({ county, id }) => ({ county, id }),
}
