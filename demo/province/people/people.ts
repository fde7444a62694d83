import { calibration } from '../calibration.ts'
import { ageOn, type DayNumber, yearOf } from '../days.ts'
import type { Condition, Person } from '../model.ts'
import { normalShare, type Random, type Weighted } from '../random.ts'
import type { IdRegister } from './id-numbers.ts'
import { givenName, surname } from './names.ts'

interface Role {
  relation: string
  sex: 'male' | 'female'
  age: number
}

type Compose = (random: Random) => Role[]

const head = (random: Random, low: number, high: number, men = 0.88): Role => ({
  relation: 'head',
  sex: random.chance(men) ? 'male' : 'female',
  age: random.whole(low, high),
})
const wifeOf = (one: Role, random: Random, relation = 'spouse'): Role => ({
  relation,
  sex: one.sex === 'male' ? 'female' : 'male',
  age: Math.max(20, one.age - random.whole(-1, 5)),
})
const childOf = (one: Role, random: Random, low: number, high: number, sons = 0.53): Role => {
  const isSon = random.chance(sons)
  const age = Math.min(random.whole(low, high), one.age - 20)
  return { relation: isSon ? 'son' : 'daughter', sex: isSon ? 'male' : 'female', age: Math.max(0, age) }
}
const parentOf = (one: Role, random: Random): Role => {
  const isFather = random.chance(0.35)
  return {
    relation: isFather ? 'father' : 'mother',
    sex: isFather ? 'male' : 'female',
    age: Math.min(92, one.age + random.whole(21, 31)),
  }
}
const grandchild = (random: Random, low: number, high: number): Role => {
  const isBoy = random.chance(0.53)
  return {
    relation: isBoy ? 'grandson' : 'granddaughter',
    sex: isBoy ? 'male' : 'female',
    age: random.whole(low, high),
  }
}
const son = (one: Role, random: Random): Role => ({
  relation: 'son',
  sex: 'male',
  age: one.age - random.whole(22, 28),
})
const couple = (random: Random, low: number, high: number): [Role, Role] => {
  const one = head(random, low, high, 0.97)
  return [one, wifeOf(one, random)]
}

/** Rural households of each size; ages over all: below 16 14 %, 16–59 48 %, 60 and over 38 %. */
const compositions: Record<number, Weighted<Compose>> = {
  1: [
    [(r) => [head(r, 60, 90, 0.62)], 78],
    [(r) => [head(r, 36, 59, 0.9)], 22],
  ],
  2: [
    [(r) => couple(r, 61, 86), 58],
    [(r) => couple(r, 42, 59), 17],
    [(r) => withHead(head(r, 57, 84, 0.6), (one) => [childOf(one, r, 24, 52, 0.8)]), 15],
    [(r) => [head(r, 60, 76, 0.5), grandchild(r, 3, 15)], 5],
    [(r) => withHead(head(r, 30, 48, 0.5), (one) => [childOf(one, r, 3, 15)]), 5],
  ],
  3: [
    [(r) => withCouple(couple(r, 30, 50), (one) => [childOf(one, r, 2, 16)]), 34],
    [(r) => withCouple(couple(r, 58, 80), (one) => [childOf(one, r, 24, 48, 0.85)]), 36],
    [(r) => withCouple(couple(r, 44, 58), (one) => [childOf(one, r, 17, 29)]), 14],
    [(r) => withCouple(couple(r, 40, 62), (one) => [parentOf(one, r)]), 16],
  ],
  4: [
    [(r) => withCouple(couple(r, 30, 48), (one) => [childOf(one, r, 3, 20), childOf(one, r, 1, 15)]), 36],
    [(r) => withCouple(couple(r, 60, 76), (one) => [son(one, r), grandchild(r, 3, 19)]), 26],
    [(r) => withCouple(couple(r, 36, 56), (one) => [childOf(one, r, 6, 26), parentOf(one, r)]), 38],
  ],
  5: [
    [
      (r) =>
        withCouple(couple(r, 32, 52), (one) => [
          childOf(one, r, 8, 24),
          childOf(one, r, 3, 18),
          parentOf(one, r),
        ]),
      55,
    ],
    [(r) => withCouple(couple(r, 58, 74), (one) => threeGenerations(one, r, 1)), 45],
  ],
  6: [
    [(r) => withCouple(couple(r, 58, 74), (one) => threeGenerations(one, r, 2)), 60],
    [
      (r) =>
        withCouple(couple(r, 34, 52), (one) => [
          childOf(one, r, 10, 24),
          childOf(one, r, 4, 18),
          ...parents(one, r),
        ]),
      40,
    ],
  ],
  7: [
    [(r) => withCouple(couple(r, 60, 74), (one) => threeGenerations(one, r, 3)), 50],
    [
      (r) =>
        withCouple(couple(r, 36, 52), (one) => [
          childOf(one, r, 12, 24),
          childOf(one, r, 6, 18),
          childOf(one, r, 2, 14),
          ...parents(one, r),
        ]),
      50,
    ],
  ],
}

function withHead(one: Role, others: (one: Role) => Role[]): Role[] {
  return [one, ...others(one)]
}
function withCouple([one, wife]: [Role, Role], others: (one: Role) => Role[]): Role[] {
  return [one, wife, ...others(one)]
}
function threeGenerations(one: Role, random: Random, children: number): Role[] {
  const heir = son(one, random)
  const most = Math.min(19, Math.max(2, heir.age - 20))
  return [
    heir,
    wifeOf(heir, random, 'daughter-in-law'),
    ...Array.from({ length: children }, () => grandchild(random, 1, most)),
  ]
}
function parents(one: Role, random: Random): Role[] {
  const age = Math.min(92, one.age + random.whole(21, 29))
  return [
    { relation: 'father', sex: 'male', age },
    { relation: 'mother', sex: 'female', age: age - random.whole(0, 4) },
  ]
}

const conditions: readonly Condition[] = ['both', 'major', 'disabled', 'chronic']

/** A member's health depends on age and, partly, on the household's common frailty; each age keeps its shares. */
function conditionAt(age: number, frailty: number, random: Random): Condition {
  const { health } = calibration
  const shares = age < 16 ? health.child : age < 60 ? health.adult : health.elder
  const weight = calibration.frailty.health
  const place = 1 - normalShare(weight * frailty + Math.sqrt(1 - weight ** 2) * random.normal())
  let sum = 0
  for (const [i, share] of shares.entries()) {
    sum += share
    if (place < sum) return conditions[i] ?? 'healthy'
  }
  return 'healthy'
}

function labourAt(age: number, condition: Condition, inSchool: boolean, random: Random): string {
  const { labour } = calibration
  if (age < 16 || inSchool) return 'none'
  if (age < 60) return random.weighted(labour[condition])
  const isBurdened = condition !== 'healthy' && condition !== 'chronic'
  if (isBurdened && random.chance(labour.elderLost)) return 'lost'
  return random.weighted(age < 70 ? labour.sixties : age < 80 ? labour.seventies : labour.eighties)
}

/** People of one household, head first. `inSchool` says who of those over 15 still studies. */
export function gather(
  size: number,
  frailty: number,
  register: IdRegister,
  asOf: DayNumber,
  householdNo: string,
  inSchool: (birth: DayNumber, talent: number) => boolean,
  random: Random,
): [Person, ...Person[]] {
  const composition = compositions[size] ?? compositions[1]
  const roles = composition ? random.weighted(composition)(random) : []
  const family = surname(random)
  const year = yearOf(asOf)
  const people = roles.map((role, i): Person => {
    const { birth, idNumber } = register.register(year - 1 - Math.min(role.age, 95), role.sex)
    const age = ageOn(birth, asOf)
    const condition = conditionAt(age, frailty, random)
    const talent = random.unit()
    const isStudent = inSchool(birth, talent)
    const bearsName =
      role.relation !== 'spouse' && !role.relation.endsWith('-in-law') && role.relation !== 'mother'
    const isDisabled = condition === 'disabled' || condition === 'both'
    return {
      memberNo: `${householdNo}${String(i + 1).padStart(2, '0')}`,
      name: (bearsName ? family : surname(random)) + givenName(random),
      sex: role.sex,
      idNumber,
      birth,
      age,
      relation: role.relation,
      condition,
      labour: labourAt(age, condition, isStudent, random),
      education: random.weighted(age < 60 ? calibration.education.adult : calibration.education.elder),
      talent,
      disability:
        isDisabled && !random.chance(calibration.disability.uncertified)
          ? { category: random.weighted(categories), grade: random.weighted(grades) }
          : null,
      phone: age >= 16 && random.chance(0.6) ? phone(random) : null,
      left: null,
    }
  })
  const [first, ...others] = people
  if (!first) throw new Error('a household has a head')
  return [first, ...others]
}

const categories = [
  [1, 15],
  [2, 14],
  [3, 2],
  [4, 45],
  [5, 10],
  [6, 10],
  [7, 4],
] as Weighted<number>
const grades = [
  [1, 14],
  [2, 30],
  [3, 32],
  [4, 24],
] as Weighted<number>

/** 199 numbers, eight digits at random. */
export function phone(random: Random): string {
  return `199${String(random.whole(0, 99_999_999)).padStart(8, '0')}`
}
