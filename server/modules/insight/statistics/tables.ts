import { HouseholdCategory } from '#contract/registry/households.ts'
import type { CellValue } from '#contract/sheets/sheet.ts'
import { wordOf, words } from '#contract/sheets/words.ts'
import { countCategories } from '#server/modules/classification/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { FormColumn } from '#server/platform/files/sheets/form.ts'
import { countRisk, type Parts } from '../overview-queries.ts'
import { countClueStates, countHouseholdsOf, countVisits } from './counts.ts'

type Row = Readonly<Record<string, CellValue>>

export interface StatisticalTable {
  title: string
  /** Number of the table among those of the platform. */
  number: string
  unit: string
  /** After the name of the division. */
  columns: readonly FormColumn[]
  /** Its history is kept: any day can be asked for. The others are what stands today. */
  isOfAnyDay?: boolean
  /** Figures by child division; a division without any has none. */
  count(db: Db, parts: Parts, on: string): Promise<ReadonlyMap<number, Row>>
}

const figure = (key: string, head: string): FormColumn => ({ key, head, kind: 'int' })
const clueStates = Object.keys(words.clueState)

/** Tables that offices send up, by the name in their address. */
export const statisticalTables: Readonly<Record<string, StatisticalTable>> = {
  'risk-by-area': {
    title: '返贫致贫风险情况统计表',
    number: '守统1表',
    unit: '户、条',
    columns: [
      figure('households', '农户总数'),
      figure('open', '在办线索'),
      figure('red', '红色'),
      figure('orange', '橙色'),
      figure('yellow', '黄色'),
      figure('overdue', '逾期'),
    ],
    async count(db, parts, on) {
      const [households, risk] = await Promise.all([countHouseholdsOf(db, parts), countRisk(db, parts, on)])
      const none = { households: 0, open: 0, red: 0, orange: 0, yellow: 0, overdue: 0 }
      const found = new Map(households.map((one) => [one.child, { ...none, households: one.households }]))
      for (const { child, level, open, overdue } of risk) {
        const row = found.get(child) ?? { ...none }
        row.open += open
        row[level] += open
        row.overdue += overdue
        found.set(child, row)
      }
      return found
    },
  },
  'clues-by-state': {
    title: '监测线索办理情况统计表',
    number: '守统2表',
    unit: '条',
    columns: [
      figure('all', '合计'),
      ...clueStates.map((state) => figure(state, wordOf('clueState', state, 'zh'))),
    ],
    async count(db, parts) {
      const found = new Map<number, Record<string, number>>()
      for (const { child, state, clues } of await countClueStates(db, parts)) {
        const row = found.get(child) ?? {}
        row[state] = clues
        row.all = (row.all ?? 0) + clues
        found.set(child, row)
      }
      return found
    },
  },
  'classification-by-area': {
    title: '脱贫人口和边缘人口分类管理统计表',
    number: '守统3表',
    unit: '户、人',
    isOfAnyDay: true,
    columns: HouseholdCategory.options.flatMap((category) => [
      figure(`${category}.households`, `${wordOf('category', category, 'zh')}（户）`),
      figure(`${category}.persons`, `${wordOf('category', category, 'zh')}（人）`),
    ]),
    async count(db, { area, span }, on) {
      const found = new Map<number, Record<string, number>>()
      for (const { child, category, households, persons } of await countCategories(db, area, span, on)) {
        const row = found.get(child) ?? {}
        row[`${category}.households`] = (row[`${category}.households`] ?? 0) + households
        row[`${category}.persons`] = (row[`${category}.persons`] ?? 0) + persons
        found.set(child, row)
      }
      return found
    },
  },
  'visits-by-area': {
    title: '入户走访情况统计表',
    number: '守统4表',
    unit: '次',
    columns: [
      figure('planned', '待入户'),
      figure('overdue', '其中：已逾期'),
      figure('reported', '已入户待审定'),
      figure('decided', '已审定'),
      figure('cancelled', '已取消'),
    ],
    count: async (db, parts, on) =>
      new Map((await countVisits(db, parts, on)).map(({ child, ...figures }) => [child, figures])),
  },
}
