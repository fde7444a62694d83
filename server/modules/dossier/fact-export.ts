import type { Fact, Household } from '#contract/registry/households.ts'
import { column } from '#server/manifest/list-export.ts'
import { oneHouseholdExport } from './one-household-export.ts'

interface FactOfFeed {
  feed: Household['facts'][number]['name']
  fact: Fact
}

/** What departments reported of one household, as a file. */
export const factExport = oneHouseholdExport<FactOfFeed>({
  title: { zh: '部门数据', en: 'Facts of a household' },
  itemsOf: (page) => page.facts.flatMap(({ name, facts }) => facts.map((fact) => ({ feed: name, fact }))),
  columns: [
    column('text', '数据', 'Feed', ({ feed }, language) => feed[language]),
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
  ],
})
