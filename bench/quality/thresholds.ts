import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { addMonths, daysBetween } from '#contract/days.ts'

const folder = path.resolve(import.meta.dirname, '../../policy/anhui-2020/parameters')

const File = z.record(
  z.string(),
  z.looseObject({
    unit: z.string().optional(),
    values: z
      .array(z.looseObject({ value: z.number(), from: z.string(), to: z.string().optional() }))
      .optional(),
  }),
)

/** What the truth needs, in the units in which the policy is written: yuan, percent, days. */
const names = [
  'monitoringLine',
  'watchBand',
  'incomeDrop',
  'hospitalYearSelfPaidRegistered',
  'hospitalYearSelfPaidOrdinary',
  'singleStaySelfPaidMonitored',
  'singleStaySelfPaidOther',
  'singleStayWindow',
  'rigidSpendingWindow',
  'newIllnessWindow',
  'epidemicAftercare',
  'schoolAgeFrom',
  'schoolAgeTo',
  'waterCutDays',
  'waterCutDaysYear',
  'waterWindow',
  'waterLitres',
  'waterLitresScarce',
  'waterTripMinutes',
  'waterSupplyMaxAge',
  'incomeMaxAge',
  'newDisabilityWindow',
  'joblessMonths',
  'assistanceStoppedWindow',
] as const
export type Thresholds = Readonly<Record<(typeof names)[number], number>>

/** The policy's figures on a day, read straight from the pack's files: nothing of the product's own reading is used. */
export function readThresholds(asOf: string): Thresholds {
  const found = new Map<string, number>()
  for (const file of readdirSync(folder)) {
    const parameters = File.parse(parse(readFileSync(path.join(folder, file), 'utf8'), { schema: 'core' }))
    for (const [name, { unit, values }] of Object.entries(parameters)) {
      const value = values?.findLast((one) => String(one.from) <= asOf && asOf <= String(one.to ?? asOf))
      // A window in months is told in the days it has up to this one: a year with a leap day is a year.
      const days = unit === 'months' && name.endsWith('Window')
      if (value) found.set(name, days ? daysBetween(addMonths(asOf, -value.value), asOf) : value.value)
    }
  }
  const get = (name: string) => {
    const value = found.get(name)
    if (value === undefined) throw new Error(`the policy has no ${name} on ${asOf}`)
    return value
  }
  return Object.fromEntries(names.map((name) => [name, get(name)])) as Thresholds
}
