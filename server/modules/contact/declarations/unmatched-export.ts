import type { z } from 'zod'
import { declarations, type UnmatchedDeclaration } from '#contract/contact/declarations.ts'
import { column, filterOf, listExport, wordColumn, yesNo } from '#server/manifest/list-export.ts'
import { countUnmatched, listUnmatched } from './unmatched.ts'

const filter = filterOf(declarations.unmatched)

/** Declarations that fit no household, as a file: all of them, where the page shows the first hundred. */
export const unmatchedExport = listExport<z.infer<typeof filter>, UnmatchedDeclaration>({
  filter,
  capability: 'clue.report',
  title: { zh: '待核对申报', en: 'Unmatched declarations' },
  count: async ({ deps, scope }, { area }) => (await countUnmatched(deps, scope, area)).total,
  page: ({ deps, scope }, { area }, page) => listUnmatched(deps, scope, area, page),
  columns: [
    column('text', '回执号', 'Receipt', ({ receipt }) => receipt),
    column('text', '乡镇', 'Township', ({ township }) => township.name),
    column('text', '村', 'Village', ({ village }) => village.name),
    column('text', '姓名', 'Name', ({ name }) => name, { isMarked: true }),
    column('digits', '证件号', 'ID number', ({ idNumber }) => idNumber),
    wordColumn('cause', '困难', 'Trouble', ({ cause }) => cause),
    column('text', '说了什么', 'In their words', ({ text }) => text, { width: 40 }),
    column('datetime', '申报时间', 'Declared at', ({ at }) => at),
    column('date', '最迟', 'Due on', ({ dueOn }) => dueOn),
    column('text', '是否逾期', 'Overdue', ({ overdue }, language) => yesNo(overdue, language)),
    column('text', '等户入册', 'Waits for the register', ({ state }, language) =>
      yesNo(state === 'awaited', language),
    ),
    column('text', '可能是', 'May be', ({ candidates }) =>
      candidates.map(({ headName, village }) => `${headName}（${village.name}）`).join('、'),
    ),
  ],
})
