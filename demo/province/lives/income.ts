import { calibration } from '../calibration.ts'
import { dayOf } from '../days.ts'
import type { Household, Income, Person, Span } from '../model.ts'
import { present } from '../people/households.ts'
import type { Random } from '../random.ts'

const canWork = (person: Person) =>
  person.labour === 'ordinary' || person.labour === 'skilled' || (person.labour === 'weak' && person.age < 66)

/** Two statements, October to September; the poverty register's year. The frail earn less. */
export function earn(home: Household, span: Span, random: Random): [Income, Income] {
  const { income, frailty } = calibration
  const people = present(home.people)
  const z = frailty.income * home.frailty + Math.sqrt(1 - frailty.income ** 2) * random.normal()
  const factor = home.registered ? 1 : home.monitoring ? income.marginalFactor : income.ordinaryFactor
  const perHead = income.median * factor * Math.exp(income.sigma * z)
  const net = Math.round(perHead * people.length * 100)
  const collapsed = random.chance(income.collapse * (home.frailty > 0.5 ? 2 : 0.7))
  const growth = collapsed
    ? 1 - random.whole(33, 65) / 100
    : income.growth * Math.exp(income.growthSigma * random.normal())
  const to = dayOf(span.year - 1, 9, 30)
  return [
    statement(
      people,
      Math.round(net / growth),
      dayOf(span.year - 3, 10, 1),
      dayOf(span.year - 2, 9, 30),
      random,
    ),
    statement(people, net, dayOf(span.year - 2, 10, 1), to, random),
  ]
}

/** Splits a net income over its sources; the parts add up to it exactly. */
function statement(people: readonly Person[], net: number, from: number, to: number, random: Random): Income {
  const { income } = calibration
  const hasWorkers = people.some(canWork)
  const isElder = people.every((person) => person.age >= 60 || person.age < 16)
  const shares = isElder
    ? hasWorkers
      ? { wage: 0.16, business: 0.17, property: 0.03 }
      : income.elderWithoutWorkers
    : hasWorkers
      ? income.withWorkers
      : income.withoutWorkers
  const vary = () => 0.75 + random.unit() / 2
  const wage = Math.min(Math.round(net * shares.wage * vary()), Math.round(net * 0.92))
  const business = Math.min(Math.round(net * shares.business * vary()), net - wage)
  const property = Math.min(Math.round(net * shares.property * vary()), net - wage - business)
  const businessGross = Math.round(business / (1 - income.costShare))
  const transfer = net - wage - business - property
  const elders = people.filter((person) => person.age >= 60).length
  const pension = Math.min(transfer, elders * 12 * 11_000)
  const dibao = Math.round((transfer - pension) * 0.45)
  const eco = Math.round((transfer - pension) * 0.12)
  return {
    from,
    to,
    wage,
    businessGross,
    businessCost: businessGross - business,
    property,
    familyPlanning: 0,
    dibao,
    tekun: 0,
    pension,
    ecoCompensation: eco,
    otherTransfer: transfer - pension - dibao - eco,
  }
}

export function transferOf(income: Income): number {
  const { familyPlanning, dibao, tekun, pension, ecoCompensation, otherTransfer } = income
  return familyPlanning + dibao + tekun + pension + ecoCompensation + otherTransfer
}

export function netOf(income: Income): number {
  return income.wage + income.businessGross + income.property + transferOf(income) - income.businessCost
}
