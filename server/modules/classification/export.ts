import type { SpellFilter } from '#contract/registry/categories.ts'
import { SpellFilter as Filter } from '#contract/registry/categories.ts'
import type { ExportViewer } from '#server/manifest/export-source.ts'
import { column, householdColumns, listExport, wordColumn } from '#server/manifest/list-export.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import { listCategorySpells } from './operations.ts'
import { listSpellsAfter, type SpellRecord } from './queries.ts'

const within = ({ deps, scope }: ExportViewer, filter: SpellFilter) => ({
  scope: filter.area === undefined ? scope : { ...scope, ...areaScope(filter.area) },
  filter: { ...filter, today: deps.clock.today() },
})

/** Households behind a figure of the classification, as a file; read by key, for a million may stand behind one. */
export const spellExport = listExport<SpellFilter, SpellRecord>({
  filter: Filter,
  capability: 'household.read',
  title: { zh: '分类名单', en: 'Households by category' },
  async page({ deps, scope }, filter, { limit, offset }) {
    const { total } = await listCategorySpells(deps, scope, filter, { page: offset / limit + 1, size: limit })
    return { total, rows: [] }
  },
  after(viewer, filter, last, limit) {
    const requested = within(viewer, filter)
    return listSpellsAfter(viewer.deps.database.db, requested.scope, requested.filter, { last, limit })
  },
  household: ({ county, householdId }) => ({ county, id: householdId }),
  columns: [
    ...householdColumns<SpellRecord>(stripOf),
    wordColumn('category', '类别', 'Category', ({ spellCategory }) => spellCategory),
    wordColumn('risk', '监测状态', 'Status', ({ risk }) => risk),
    wordColumn('cause', '原因', 'Causes', ({ causes }) => causes),
    column('date', '从哪天起', 'From', ({ fromOn }) => fromOn),
    column('date', '到哪天止', 'Until', ({ untilOn }) => untilOn),
    wordColumn('spellChange', '为何开始', 'Why it began', ({ openedBecause }) => openedBecause),
    wordColumn('spellChange', '为何结束', 'Why it ended', ({ closedBecause }) => closedBecause),
  ],
})
