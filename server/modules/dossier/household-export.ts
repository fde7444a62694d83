import { z } from 'zod'
import { HouseholdCategory } from '#contract/registry/households.ts'
import type { ExportColumn, ExportSource, ExportViewer } from '#server/manifest/export-source.ts'
import {
  column,
  householdColumns,
  rowsAfter,
  rowsPerPage,
  wordColumn,
  yesNo,
} from '#server/manifest/list-export.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { searchHouseholdsAfter } from '#server/modules/registry/files/index.ts'
import {
  type HouseholdRow as RegistryRow,
  searchHouseholds,
} from '#server/modules/registry/households/index.ts'
import { type HouseholdListRow, type HouseholdSearch, presentHouseholds } from './household-page.ts'

export const HouseholdFilter = z.object({
  households: z
    .object({
      area: z.number().int().optional(),
      q: z.string().trim().max(60).optional(),
      category: z.array(z.string()).optional(),
      finding: z.enum(['size']).optional(),
    })
    .optional(),
})
export type HouseholdFilter = z.infer<typeof HouseholdFilter>

type ListedHousehold = RegistryRow & { listed: HouseholdListRow }

const columns: readonly ExportColumn<ListedHousehold>[] = [
  ...householdColumns<ListedHousehold>(({ listed }) => listed, { isEachOnce: true }),
  column('text', '建档立卡', 'Registered', ({ registered }, language) => yesNo(registered, language)),
  wordColumn('category', '类别', 'Category', ({ category }) => category),
  wordColumn('level', '在办线索最高等级', 'Worst open clue', ({ listed }) => listed.level),
  column('int', '在办线索', 'Open clues', ({ listed }) => listed.openClues, { summed: true }),
]

export function searchOf({ households = {} }: HouseholdFilter): HouseholdSearch {
  const { area, q, category = [], finding } = households
  const categories = category.flatMap((one) => HouseholdCategory.safeParse(one).data ?? [])
  return {
    q,
    categories,
    sizeDiffers: finding === 'size',
    area: area === undefined ? undefined : areaScope(area),
  }
}

/** Every household of the filter, page by page by village and key. */
export const eachHousehold = ({ deps, scope }: ExportViewer, filter: HouseholdFilter) =>
  rowsAfter((after: RegistryRow | undefined) =>
    searchHouseholdsAfter(deps, scope, searchOf(filter), { after, limit: rowsPerPage }),
  )

/** The household list as an export. */
export const householdExport: ExportSource<HouseholdFilter, ListedHousehold> = {
  filter: HouseholdFilter,
  capability: 'household.read',
  title: { zh: '农户', en: 'Households' },
  count: async ({ deps, scope }, filter) =>
    (await searchHouseholds(deps, scope, searchOf(filter), { limit: 1, offset: 0 })).total,
  columns: () => columns,
  async *rows(viewer, filter) {
    for await (const rows of eachHousehold(viewer, filter)) {
      const listed = await presentHouseholds(viewer.deps.database.db, rows)
      yield rows.flatMap((row, place) => {
        const one = listed[place]
        return one ? [{ ...row, listed: one }] : []
      })
    }
  },
  household: ({ county, id }) => ({ county, id }),
}
