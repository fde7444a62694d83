import { z } from 'zod'
import type { Localized } from '#contract/common.ts'
import type { Household } from '#contract/registry/households.ts'
import type { ExportColumn, ExportSource, ExportViewer } from '#server/manifest/export-source.ts'
import { column } from '#server/manifest/list-export.ts'
import { getHouseholdPage } from './household-page.ts'

const Filter = z.object({ household: z.uuid(), knownOn: z.iso.date().optional() })
type Filter = z.infer<typeof Filter>

interface RowOf<Item> {
  household: Household
  item: Item
}

interface OneHousehold<Item> {
  title: Localized
  itemsOf(page: Household): readonly Item[]
  columns: readonly ExportColumn<Item>[]
}

/** A table on the page of one household as a file, as it was known on the day of the page. */
export function oneHouseholdExport<Item>({
  title,
  itemsOf,
  columns,
}: OneHousehold<Item>): ExportSource<Filter, RowOf<Item>> {
  const rowsOf = async ({ deps, scope }: ExportViewer, { household, knownOn }: Filter) => {
    const page = await getHouseholdPage(deps, scope, household, knownOn)
    return itemsOf(page).map((item) => ({ household: page, item }))
  }
  const all: readonly ExportColumn<RowOf<Item>>[] = [
    column('digits', '户编号', 'Household number', ({ household }) => household.householdNo, { width: 22 }),
    column('text', '户主姓名', 'Head', ({ household }) => household.headName, { isMarked: true }),
    ...columns.map(({ cell, ...rest }) => ({
      ...rest,
      cell: ({ item }: RowOf<Item>, language: keyof Localized) => cell(item, language),
    })),
  ]
  return {
    filter: Filter,
    capability: 'household.read',
    title,
    count: async (viewer, filter) => (await rowsOf(viewer, filter)).length,
    columns: () => all,
    async *rows(viewer, filter) {
      yield await rowsOf(viewer, filter)
    },
    household: ({ household }) => household,
  }
}
