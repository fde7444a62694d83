import { z } from 'zod'
import { HouseholdCategory } from '#contract/registry/households.ts'
import type { ExportSource } from '#server/manifest/export-source.ts'
import { categoryNames } from '#server/modules/clues/index.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import {
  type HouseholdRow,
  type HouseholdSearch,
  searchHouseholds,
} from '#server/modules/registry/households/index.ts'

const perPage = 2000

const HouseholdFilter = z.object({
  households: z
    .object({
      area: z.number().int().optional(),
      q: z.string().trim().max(60).optional(),
      category: z.array(z.string()).optional(),
      finding: z.enum(['size']).optional(),
    })
    .optional(),
})
type HouseholdFilter = z.infer<typeof HouseholdFilter>

const headers: Record<string, (household: HouseholdRow) => string> = {
  户编号: ({ householdNo }) => householdNo,
  行政区划代码: ({ village }) => String(village),
  县: ({ countyName }) => countyName,
  乡镇: ({ townshipName }) => townshipName,
  村: ({ villageName }) => villageName,
  户主姓名: ({ headName }) => headName,
  人口: ({ memberCount }) => String(memberCount),
  建档立卡: ({ registered }) => (registered ? '是' : '否'),
  类别: ({ category }) => categoryNames[category],
}

function searchOf({ households = {} }: HouseholdFilter): HouseholdSearch {
  const { area, q, category = [], finding } = households
  const categories = category.flatMap((one) => HouseholdCategory.safeParse(one).data ?? [])
  return {
    q,
    categories,
    sizeDiffers: finding === 'size',
    area: area === undefined ? undefined : areaScope(area),
  }
}

/** The household list as an export. */
export const householdExport: ExportSource<HouseholdFilter> = {
  filter: HouseholdFilter,
  capability: 'household.read',
  markedColumn: '户主姓名',
  name: async ({ deps }) => `农户-${deps.clock.today()}`,
  count: async ({ deps, scope }, filter) =>
    (await searchHouseholds(deps, scope, searchOf(filter), { limit: 1, offset: 0 })).total,
  headers: async () => Object.keys(headers),
  async *lines({ deps, scope }, filter) {
    for (let offset = 0; ; offset += perPage) {
      const { rows } = await searchHouseholds(deps, scope, searchOf(filter), { limit: perPage, offset })
      if (rows.length > 0) {
        yield rows.map((row) => ({
          cells: Object.values(headers).map((cell) => cell(row)),
          household: { county: row.county, id: row.id },
        }))
      }
      if (rows.length < perPage) return
    }
  },
}
