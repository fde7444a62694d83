import { calibration } from '../calibration.ts'
import { ageOn, type DayNumber, dayOf } from '../days.ts'

export interface SchoolPlace {
  stage: string
  grade: string
  /** Code of the registry's student status. */
  status: string
}

const chinese = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** A choice made for life by somebody's talent: the part of the table it falls into. */
function chosen<T>(table: readonly (readonly [T, number])[], talent: number): T | undefined {
  const total = table.reduce((sum, [, weight]) => sum + weight, 0)
  let left = talent * total
  for (const [value, weight] of table) {
    left -= weight
    if (left < 0) return value
  }
  return undefined
}

/** Where somebody is in the school year that begins in September of `year`; undefined for those not at school. */
export function placeAt(birth: DayNumber, talent: number, year: number): SchoolPlace | undefined {
  const age = ageOn(birth, dayOf(year, 8, 31))
  if (age < 3) return undefined
  if (age < 6)
    return { stage: 'preschool', grade: ['小班', '中班', '大班'][age - 3] ?? '大班', status: 'preschool' }
  if (age < 12) return { stage: 'primary', grade: `${chinese[age - 5]}年级`, status: 'primary' }
  if (age < 15) return { stage: 'junior', grade: `${chinese[age - 5]}年级`, status: `junior-${age - 11}` }
  const junior = chosen(calibration.school.afterJunior, talent)
  if (junior === 'out' || junior === undefined) return undefined
  if (age < 18) {
    const name = junior === 'senior' ? '高' : '中职'
    return { stage: junior, grade: `${name}${chinese[age - 14]}`, status: `${junior}-${age - 14}` }
  }
  // Those who went on are spread anew over what comes after.
  const higher = chosen(calibration.school.afterSenior, (talent * 7919) % 1)
  if (higher === undefined || higher === 'out' || age >= (higher === 'college' ? 21 : 22)) return undefined
  return { stage: higher, grade: `大${chinese[age - 17]}`, status: `${higher}-${age - 17}` }
}
