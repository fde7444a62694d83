import { calibration } from '../calibration.ts'
import { monthStart } from '../days.ts'
import type { Household, Income, Person, Span, WorkMonth } from '../model.ts'
import { present } from '../people/households.ts'
import type { Random } from '../random.ts'

/** Work month by month; wages are what the household's wage income amounts to. Only the healthy leave the county. */
export function work(home: Household, income: Income, span: Span, random: Random): WorkMonth[] {
  const { employment } = calibration
  const able = present(home.people).filter(
    (person) =>
      person.age >= 17 && person.age < 65 && (person.labour === 'ordinary' || person.labour === 'skilled'),
  )
  // No more people work than the household's wage income explains.
  const most = Math.max(1, Math.floor(income.wage / 12 / employment.leastWage))
  const workers = able.filter(() => random.chance(employment.employed)).slice(0, most)
  const wage = Math.round(income.wage / 11 / Math.max(1, workers.length) / 1000) * 1000
  return workers.flatMap((person) => career(person, clamp(wage, 60_000, 1_200_000), span, random))
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

function career(person: Person, wage: number, span: Span, random: Random): WorkMonth[] {
  const { employment } = calibration
  const isHealthy = person.condition === 'healthy' && person.age < 60
  const place = isHealthy ? random.weighted(employment.place) : random.pick(['township', 'county'])
  const publicPost = place === 'township' && random.chance(employment.publicPost * 3)
  const employer = publicPost ? '村公益性岗位' : `示例${random.whole(1, 900)}号公司`
  const isAway = place === 'outside' || place === 'province'
  const lost = random.chance(employment.longJobless)
    ? random.whole(3, 7)
    : random.chance(employment.shortJobless)
      ? random.whole(1, 2)
      : isAway && random.chance(employment.epidemicReturn)
        ? 1
        : 0
  const lostFrom = span.lastMonth + 1 - lost
  // An earlier gap, over long ago, is no ground for a warning today.
  const gapAt = random.chance(0.03) ? span.firstMonth + random.whole(1, 4) : Number.NaN
  const away = isAway ? 'returned' : 'unemployed'
  return Array.from({ length: span.lastMonth - span.firstMonth + 1 }, (_, i): WorkMonth => {
    const month = span.firstMonth + i
    const isOut = month >= lostFrom || (month >= gapAt && month < gapAt + 3)
    return {
      person,
      month: monthStart(month),
      status: isOut ? away : 'employed',
      place: isOut ? null : place,
      employer: isOut ? null : employer,
      wage: isOut ? 0 : Math.round(wage * (0.92 + random.unit() * 0.16)),
      publicPost: !isOut && publicPost,
    }
  })
}
