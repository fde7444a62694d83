import { calibration } from '#demo/province/calibration.ts'
import { ageOn, dayOf, monthStart } from '#demo/province/days.ts'
import type { Person as Member } from '#demo/province/model.ts'
import type { IdRegister, Sex } from '#demo/province/people/id-numbers.ts'
import { gather, phone } from '#demo/province/people/people.ts'
import { placeAt } from '#demo/province/people/schooling.ts'
import { spreadHouseholds, type Village } from '#demo/province/places.ts'
import { Random, type Weighted } from '#demo/province/random.ts'
import { lives } from '../calibration.ts'
import { emptyYear, type Home, type Month, type Person } from '../model.ts'
import { canWork, present } from './people.ts'

/** Streams of random numbers: who lives where, how they live, what happens to many at once, how it is written down. */
export const stream = { home: 11, life: 12, village: 13, county: 14, meeting: 15, letter: 16 } as const

/** The month in which the world begins: long enough before the first file for a statement of a whole year. */
export const firstMonth: Month = 2017 * 12 + 9
const begin = monthStart(firstMonth)

export interface Neighbourhood {
  index: number
  county: number
  /** Numbers for who is born here or comes from elsewhere. */
  newcomer(year: number, sex: Sex): ReturnType<IdRegister['newcomer']>
  villages: readonly Village[]
  homes: Home[]
}

/** Every household of the province as it stands when the world begins, one neighbourhood of a county after the other. */
export function* walkNeighbourhoods(
  households: number,
  seed: number,
  registerOf: (county: number) => IdRegister,
): Generator<Neighbourhood> {
  let index = 0
  let neighbourhood = 0
  for (const { code, villages, households: count } of spreadHouseholds(households)) {
    const register = registerOf(code)
    for (let first = 0; first < count; first += lives.neighbourhood) {
      const homes: Home[] = []
      for (let i = first; i < Math.min(count, first + lives.neighbourhood); i++) {
        // Villages in turn, so that a household number follows from its place alone.
        const village = villages[i % villages.length]
        if (!village) continue
        const serial = Math.floor(i / villages.length) + 1
        homes.push(found(index, code, village, serial, register, new Random(seed, stream.home, index)))
        index++
      }
      const place = Math.floor(first / lives.neighbourhood)
      yield { index: neighbourhood++, county: code, newcomer: newcomersOf(register, place), villages, homes }
    }
  }
}

function newcomersOf(register: IdRegister, neighbourhood: number): Neighbourhood['newcomer'] {
  const counts = new Map<string, number>()
  return (year, sex) => {
    const count = counts.get(`${year}${sex}`) ?? 0
    counts.set(`${year}${sex}`, count + 1)
    return register.newcomer(year, sex, neighbourhood, count)
  }
}

function found(
  index: number,
  county: number,
  village: Village,
  serial: number,
  register: IdRegister,
  random: Random,
): Home {
  const householdNo = `${village.code}${String(serial).padStart(5, '0')}`
  const frailty = random.normal()
  const members = gather(
    random.weighted(calibration.size),
    frailty,
    register,
    begin,
    householdNo,
    (birth, talent) => ageOn(birth, begin) >= 16 && placeAt(birth, talent, 2017) !== undefined,
    random,
  )
  const people = members.map((member) => personOf(member, members))
  const home: Home = {
    ...{
      index,
      branch: 0,
      branches: 0,
      county,
      village: village.code,
      villageName: village.name,
      householdNo,
    },
    ...{ nextMember: people.length + 1, group: `${random.whole(1, 12)}组`, people, frailty },
    ...standing(people, random),
    phone: phone(random),
    bankCard: `621700${String(random.whole(0, 999_999)).padStart(6, '0')}${String(random.whole(0, 9_999_999)).padStart(7, '0')}`,
    farmland: Math.round(random.lognormal(5, 0.5) * 10) / 10,
    dwellingArea: Math.round(random.lognormal(82, 0.3)),
    roadType: random.weighted(roads),
    fuel: random.weighted(fuels),
    toilet: random.chance(0.78),
    ...{ founded: null, parent: null, ended: false, changed: false, written: [], departed: [] },
    ...{ blows: [], falls: [], statements: [], assessments: [], waters: [], rows: [] },
    purse: emptyPurse(),
  }
  endow(home, random)
  return home
}

export function personOf(member: Member, family: readonly Member[]): Person {
  const isWed =
    member.relation === 'daughter-in-law' ||
    member.relation === 'spouse' ||
    (member.relation === 'head' && family.some(({ relation }) => relation === 'spouse')) ||
    (member.relation === 'son' && family.some(({ relation }) => relation === 'daughter-in-law'))
  return {
    ...member,
    ...{ job: null, care: null, caresUntil: 0, certificateDue: null, married: isWed, joined: null },
    record: {
      ...{ settlements: [], insurances: [], illnesses: [], enrolments: [] },
      ...{ assistances: [], certificates: [], work: [] },
    },
  }
}

const emptyPurse = (): Home['purse'] => ({
  ...{ cash: 0, credit: 0, net: Array<number>(12).fill(0), crops: 0, pigs: null, venture: null },
  ...{ property: 0, other: 0, eco: 0, dibao: 0, tekun: 0, year: emptyYear(), state: 'above' },
  ...{ goodMonths: 0, brokeMonths: 0 },
})

/** What the household lives on when the world begins: wages, land, animals, a small trade, transfers, savings, credit. */
function endow(home: Home, random: Random): void {
  const { income, frailty } = calibration
  const people = present(home)
  const z = frailty.income * home.frailty + Math.sqrt(1 - frailty.income ** 2) * random.normal()
  const factor = home.registered ? 1 : home.edge ? income.marginalFactor : income.ordinaryFactor
  // The calibration speaks of 2019; incomes were lower when the world began.
  const year = (income.median * factor * Math.exp(income.sigma * z) * people.length) / 1.12
  const workers = people.filter(
    (one) => canWork(one, begin) && random.chance(calibration.employment.employed),
  )
  const elders = people.filter((one) => ageOn(one.birth, begin) >= lives.allowance.pensionAge).length
  const pension = elders * 12 * lives.allowance.pension
  const purse = home.purse
  const wages = workers.length > 0 ? Math.max(0, year - pension) * (0.6 + random.unit() * 0.25) : 0
  for (const one of workers) employ(one, wages / 12 / workers.length, random)
  const rest = Math.max(year * 0.06, year - pension - wages)
  const farms = workers.length > 0 || people.some((one) => one.labour !== 'lost' && one.labour !== 'none')
  purse.crops = farms ? Math.min(home.farmland * lives.farm.perMu, rest * 0.5) : 0
  const { pigs, pigsYearly } = lives.farm
  if (farms && random.chance(pigs))
    purse.pigs = { yearly: Math.min(rest * 0.35, random.lognormal(pigsYearly[0], pigsYearly[1])), until: 0 }
  const { share, monthly } = lives.venture
  if (workers.length > 0 && random.chance(share))
    purse.venture = { monthly: random.lognormal(monthly[0], monthly[1]), failed: false }
  const left = Math.max(
    0,
    rest - purse.crops - (purse.pigs?.yearly ?? 0) - (purse.venture?.monthly ?? 0) * 12,
  )
  purse.property = Math.min(left, year * 0.03) / 12
  const transfers = left / 12 - purse.property
  // Below sixty yuan an allowance would be no allowance: the children send something.
  purse.eco = transfers * 0.12
  purse.other = transfers * 0.88
  purse.net = Array<number>(12).fill(year / 12)
  purse.cash = year * random.lognormal(lives.purse.savings[0], lives.purse.savings[1])
  purse.credit = year * random.lognormal(lives.purse.credit[0], lives.purse.credit[1])
}

/** A job of about that wage; only the healthy leave the county. */
export function employ(person: Person, wage: number, random: Random): void {
  const { employment } = calibration
  const isFree = person.condition === 'healthy' && ageOn(person.birth, begin) < 60
  const place = isFree ? random.weighted(employment.place) : random.pick(['township', 'county'])
  const publicPost = place === 'township' && random.chance(employment.publicPost * 3)
  person.job = {
    wage: Math.min(9000, Math.max(300, publicPost ? Math.min(wage, 700) : wage)),
    place,
    employer: publicPost ? '村公益性岗位' : `示例${random.whole(1, 900)}号公司`,
    publicPost,
    known: random.chance(lives.work.known),
    out: null,
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

type Standing = Pick<
  Home,
  | 'registered'
  | 'reliefMark'
  | 'relievedYear'
  | 'identified'
  | 'monitoring'
  | 'edge'
  | 'attribute'
  | 'mainCause'
>

function standing(people: readonly Person[], random: Random): Standing {
  const none = { reliefMark: null, relievedYear: null, identified: null, monitoring: null }
  if (!random.chance(calibration.registered))
    return {
      ...{ registered: false, ...none, edge: random.chance(calibration.marginalOfOthers) },
      ...{ attribute: null, mainCause: null },
    }
  const place = random.unit()
  const { unrelievedAtEnd, relievedLastYear } = calibration
  const isUnrelieved = place < unrelievedAtEnd + relievedLastYear
  const year = random.whole(2014, 2018)
  const [head] = people
  const isAlone = people.length === 1 && head !== undefined && ageOn(head.birth, begin) >= 65
  const attribute =
    isAlone && random.chance(calibration.assistance.tekun)
      ? 'tekun'
      : random.chance(0.33)
        ? 'dibao'
        : 'ordinary'
  return {
    registered: true,
    reliefMark: isUnrelieved ? 'unrelieved' : 'relieved',
    relievedYear: isUnrelieved ? null : year,
    identified: dayOf(Math.min(year, random.whole(2014, 2017)), random.whole(1, 12), 1),
    ...{ monitoring: null, edge: false },
    attribute,
    mainCause: mainCause(people, random),
  }
}

function mainCause(people: readonly Person[], random: Random): string {
  const { mainCause: causes } = calibration
  const has = (...conditions: Person['condition'][]) =>
    people.some((one) => conditions.includes(one.condition))
  if (has('disabled', 'both') && (!has('chronic', 'major') || random.chance(0.5)))
    return random.weighted(causes.disabled)
  return random.weighted(has('chronic', 'major', 'both') ? causes.ill : causes.sound)
}
