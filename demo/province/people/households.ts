import { calibration } from '../calibration.ts'
import { ageOn, dayOf, monthIndex, monthStart, parseDay, yearOf } from '../days.ts'
import type { Household, Person, Span } from '../model.ts'
import { spreadHouseholds, type Village } from '../places.ts'
import { Random, type Weighted } from '../random.ts'
import { IdRegister } from './id-numbers.ts'
import { gather, phone } from './people.ts'
import { placeAt } from './schooling.ts'

/** History runs from the January before last to the last complete month. */
export function spanUntil(asOf: string): Span {
  const day = parseDay(asOf)
  const lastMonth = monthIndex(day) - 1
  const year = yearOf(day)
  const firstMonth = (year - 1) * 12
  return {
    asOf: day,
    from: monthStart(firstMonth),
    to: monthStart(lastMonth + 1) - 1,
    firstMonth,
    lastMonth,
    year,
  }
}

/** Streams of random numbers of one household; each purpose has its own. */
export const purpose = { household: 1, life: 2, dirt: 3, village: 4 } as const

/** Every household of the province, county by county, village by village; memory does not grow with their number. */
export function* walkHouseholds(households: number, seed: number, span: Span): Generator<Household> {
  let index = 0
  for (const county of spreadHouseholds(households)) {
    const register = new IdRegister(county.code)
    for (let i = 0; i < county.households; i++) {
      // Villages in turn, so that a household number follows from its place alone.
      const village = county.villages[i % county.villages.length]
      if (!village) continue
      const serial = Math.floor(i / county.villages.length) + 1
      const random = new Random(seed, purpose.household, index)
      yield household(index, county.code, village, serial, register, span, random)
      index++
    }
  }
}

function household(
  index: number,
  county: number,
  village: Village,
  serial: number,
  register: IdRegister,
  span: Span,
  random: Random,
): Household {
  const householdNo = `${village.code}${String(serial).padStart(5, '0')}`
  const frailty = random.normal()
  const people = gather(
    random.weighted(calibration.size),
    frailty,
    register,
    span.asOf,
    householdNo,
    (birth, talent) => ageOn(birth, span.asOf) >= 16 && placeAt(birth, talent, span.year - 1) !== undefined,
    random,
  )
  leave(people, span, random)
  return {
    index,
    county,
    village: village.code,
    villageName: village.name,
    householdNo,
    group: `${random.whole(1, 12)}组`,
    people,
    frailty,
    ...standing(people, span, random),
    phone: phone(random),
    bankCard: `621700${String(random.whole(0, 999_999)).padStart(6, '0')}${String(random.whole(0, 9_999_999)).padStart(7, '0')}`,
    farmland: Math.round(random.lognormal(5, 0.5) * 10) / 10,
    dwellingArea: Math.round(random.lognormal(82, 0.3)),
    roadType: random.weighted(roads),
    fuel: random.weighted(fuels),
    toilet: random.chance(0.78),
  }
}

const roads = [
  ['concrete', 74],
  ['gravel', 14],
  ['asphalt', 7],
  ['dirt', 5],
] as Weighted<string>
const fuels = [
  ['clean', 56],
  ['firewood', 41],
  ['coal', 2],
  ['other', 1],
] as Weighted<string>

/** A few members died or married out in the last year; a household keeps its head. */
function leave(people: [Person, ...Person[]], span: Span, random: Random): void {
  for (const person of people.slice(1)) {
    const share = person.age >= 60 ? 0.02 : person.relation === 'daughter' && person.age >= 20 ? 0.06 : 0
    if (!random.chance(share)) continue
    const on = dayOf(span.year - 1, 2, 1) + random.whole(0, 320)
    person.left = { change: person.age >= 60 ? 'death' : 'married-out', on }
  }
}

type Standing = Pick<
  Household,
  | 'registered'
  | 'reliefMark'
  | 'firstReliefMark'
  | 'relievedYear'
  | 'identified'
  | 'monitoring'
  | 'attribute'
  | 'mainCause'
>

function standing(people: readonly Person[], span: Span, random: Random): Standing {
  if (!random.chance(calibration.registered)) {
    const monitoring = random.chance(calibration.marginalOfOthers) ? 'marginal' : null
    return {
      registered: false,
      reliefMark: null,
      firstReliefMark: null,
      relievedYear: null,
      identified: monitoring ? dayOf(span.year - 1, random.whole(3, 12), 1) : null,
      monitoring,
      attribute: null,
      mainCause: null,
    }
  }
  const place = random.unit()
  const { unrelievedAtEnd, relievedLastYear } = calibration
  const isUnrelieved = place < unrelievedAtEnd
  const isRecent = !isUnrelieved && place < unrelievedAtEnd + relievedLastYear
  const year = isRecent ? span.year - 1 : random.whole(2014, span.year - 2)
  const isAlone = people.length === 1 && (people[0]?.age ?? 0) >= 65
  return {
    registered: true,
    reliefMark: isUnrelieved ? 'unrelieved' : 'relieved',
    firstReliefMark: isUnrelieved || isRecent ? 'unrelieved' : 'relieved',
    relievedYear: isUnrelieved ? null : year,
    identified: dayOf(Math.min(year, random.whole(2014, 2017)), random.whole(1, 12), 1),
    monitoring: !isUnrelieved && random.chance(calibration.unstable) ? 'unstable' : null,
    attribute:
      isAlone && random.chance(calibration.assistance.tekun)
        ? 'tekun'
        : random.chance(0.33)
          ? 'dibao'
          : 'ordinary',
    mainCause: mainCause(people, random),
  }
}

function mainCause(people: readonly Person[], random: Random): string {
  const { mainCause } = calibration
  const has = (...conditions: Person['condition'][]) =>
    people.some((one) => conditions.includes(one.condition))
  if (has('disabled', 'both') && (!has('chronic', 'major') || random.chance(0.5)))
    return random.weighted(mainCause.disabled)
  return random.weighted(has('chronic', 'major', 'both') ? mainCause.ill : mainCause.sound)
}

/** Members who live in the household now. */
export const present = (people: readonly Person[]) => people.filter((person) => person.left === null)
