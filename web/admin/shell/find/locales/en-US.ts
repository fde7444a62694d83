import type { Shape } from '#web/locales/shape.ts'
import type { find as zh } from './zh-CN.ts'

export const find: Shape<typeof zh> = {
  title: 'Search',
  placeholder: 'Name, pinyin, household or ID number, place, file, rule …',
  hint: 'Names by their beginning, in pinyin or by initials (zhangwei, zw), household numbers by their beginning. ↑ ↓ choose, Enter opens, Esc closes. Searches your area only, and is written down in the audit.',
  looking: 'Searching …',
  nothing: 'Nothing found for “{{q}}”. Try the beginning of a name, pinyin, a household number or a village.',
  found: 'Results',
  close: 'Close the search',
  all: 'All {{count}}',
  allUncounted: 'Many results: see the list',
  group: {
    pages: 'Pages',
    households: 'Households and their members',
    clues: 'Clues',
    cases: 'Identifications and resolutions',
    divisions: 'Places',
    batches: 'Files',
    rules: 'Rules',
  },
  caseKind: { identification: 'Identification', resolution: 'Resolution' },
}
