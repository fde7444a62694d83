import type { IncomeWindow } from '#contract/registry/households.ts'
import { column } from '#server/manifest/list-export.ts'
import { oneHouseholdExport } from './one-household-export.ts'

const money = (zh: string, en: string, fenOf: (window: IncomeWindow) => number | null) =>
  column<IncomeWindow>('money', zh, en, fenOf)

/** Income of one household window by window, as a file: the table behind the bars. */
export const incomeExport = oneHouseholdExport<IncomeWindow>({
  title: { zh: '家庭收入', en: 'Income of a household' },
  itemsOf: ({ income }) => income,
  columns: [
    column('date', '时段开始', 'From', ({ periodFrom }) => periodFrom),
    column('date', '时段截止', 'To', ({ periodTo }) => periodTo),
    money('工资性收入', 'Wages', ({ items }) => items.wageFen),
    money('生产经营性收入', 'Business income', ({ items }) => items.businessGrossFen),
    money('财产性收入', 'Property income', ({ items }) => items.propertyFen),
    money('低保金', 'Minimum living allowance', ({ items }) => items.dibaoFen),
    money('特困供养金', 'Destitute support', ({ items }) => items.tekunFen),
    money('养老保险金', 'Old-age pension', ({ items }) => items.pensionFen),
    money('计划生育金', 'Family planning grant', ({ items }) => items.familyPlanningFen),
    money('生态补偿金', 'Ecological compensation', ({ items }) => items.ecoCompensationFen),
    money('其他转移性收入', 'Other transfers', ({ items }) => items.otherTransferFen),
    money('生产经营性支出', 'Business costs', ({ items }) => items.businessCostFen),
    money('纯收入', 'Net income', ({ netFen }) => netFen),
    money('人均纯收入', 'Net income per head', ({ netPerHeadFen }) => netPerHeadFen),
    money('监测线', 'Monitoring line', ({ monitoringLineFen }) => monitoringLineFen),
    money('扶贫标准', 'Poverty standard', ({ povertyStandardFen }) => povertyStandardFen),
  ],
})
