import { calibration } from '../calibration.ts'
import type { Household, Life, Span } from '../model.ts'
import { purpose } from '../people/households.ts'
import { Random } from '../random.ts'
import { drink, shelter } from './home.ts'
import { earn } from './income.ts'
import { fallIll, infect, insure, treat } from './medical.ts'
import { study } from './school.ts'
import { assist, certify } from './welfare.ts'
import { work } from './work.ts'

/** All that happened to a household; `households` is the size of the province. */
export function live(home: Household, households: number, seed: number, span: Span): Life {
  const stream = (part: number) => new Random(seed, purpose.life, home.index, part)
  const { share, atLeast } = calibration.epidemic
  // About 2.6 persons a household.
  const cases = Math.max(share, atLeast / (households * 2.6))
  const incomes = earn(home, span, stream(1))
  const [, income] = incomes
  const ill = fallIll(home, span, stream(2))
  return {
    incomes,
    settlements: treat(home, ill, span, stream(3)),
    insurances: insure(home, span, stream(4)),
    illnesses: [...ill, ...infect(home, Math.min(cases, 0.01), span, stream(5))],
    enrolments: study(home, span, stream(6)),
    assessments: shelter(home, span, stream(7)),
    waters: drink(home, seed, span, stream(8)),
    assistances: assist(home, income, span, stream(9)),
    certificates: certify(home, span, stream(10)),
    work: work(home, income, span, stream(11)),
  }
}
