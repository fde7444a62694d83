import { ageOn } from '#demo/province/days.ts'
import { givenName, surname } from '#demo/province/people/names.ts'
import type { Village } from '#demo/province/places.ts'
import type { Random } from '#demo/province/random.ts'
import { lives } from '../calibration.ts'
import { type Neighbourhood, personOf } from '../families/found.ts'
import { headOf, leave, present, succeed } from '../families/people.ts'
import { lose, pay, strike, type Turn } from '../living/turn.ts'
import { emptyYear, type Home, type Month, type Person } from '../model.ts'

/** What can happen between the families of a neighbourhood in a month. */
export interface Meeting {
  month: Month
  homes: Home[]
  /** Those that had this month; a household founded in it has its first next month. */
  living: readonly Home[]
  newcomer: Neighbourhood['newcomer']
  /** Of the county, and of the province for those who go far. */
  villages: readonly Village[]
  far: readonly Village[]
  random: Random
  turnOf(home: Home): Turn
}

export function meet(meeting: Meeting): void {
  for (const home of meeting.living) {
    if (home.ended) continue
    const turn = meeting.turnOf(home)
    bear(meeting, turn)
    wed(meeting, turn)
    part(meeting, turn)
    joinAgain(meeting, turn)
    move(meeting, turn)
  }
}

const dayIn = ({ first, last }: Turn, random: Random) => random.whole(first, last)
const sexOf = (relation: string) => (relation === 'son' || relation === 'grandson' ? 'male' : 'female')

/** A person whom no household of the register had before. */
function newcomer(
  { newcomer: number, random }: Meeting,
  home: Home,
  { relation, born, change, on }: { relation: string; born: number; change: string; on: number },
): Person {
  const sex = relation === 'spouse' ? 'female' : sexOf(relation)
  const isChild = change === 'newborn'
  const first = number(born, sex)
  // A number of later this year belongs to nobody yet: the child was born last year and is entered late.
  const { birth, idNumber } = isChild && first.birth > on ? number(born - 1, sex) : first
  const family = headOf(home)?.name.slice(0, 1) ?? surname(random)
  return {
    ...personOf(
      {
        ...{
          memberNo: memberNo(home),
          name: (isChild ? family : surname(random)) + givenName(random),
          sex,
          idNumber,
        },
        ...{ birth, age: 0, relation, condition: 'healthy', labour: isChild ? 'none' : 'ordinary' },
        ...{ education: 'junior', talent: random.unit(), disability: null, phone: null, left: null },
      },
      [],
    ),
    ...{ married: !isChild, joined: { change, on } },
  }
}

export const memberNo = (home: Home) => `${home.householdNo}${String(home.nextMember++).padStart(2, '0')}`

function bear(meeting: Meeting, turn: Turn): void {
  const { home } = turn
  const { random } = meeting
  for (const mother of present(home)) {
    const age = ageOn(mother.birth, turn.first)
    if (mother.sex !== 'female' || !mother.married || age < 20 || age > 39) continue
    if (!random.chance(lives.family.birth * (age < 32 ? 1.3 : 0.5))) continue
    const isGrandchild = mother.relation === 'daughter-in-law'
    const isBoy = random.chance(0.53)
    const relation = isGrandchild ? (isBoy ? 'grandson' : 'granddaughter') : isBoy ? 'son' : 'daughter'
    const child = newcomer(meeting, home, { relation, born: turn.year, change: 'newborn', on: turn.last })
    child.joined = { change: 'newborn', on: child.birth }
    home.people.push(child)
    home.changed = true
    pay(turn, null, 2500)
    if (mother.job && !mother.job.out) mother.caresUntil = turn.month + random.whole(4, 14)
  }
}

function wed(meeting: Meeting, turn: Turn): void {
  const { home } = turn
  const { random, homes } = meeting
  const { sonWeds, bridePrice, ownShare, daughterWeds, withinRegister } = lives.family
  for (const person of present(home)) {
    const age = ageOn(person.birth, turn.first)
    if (person.married || age < 21 || age > 33) continue
    const on = dayIn(turn, random)
    if (person.relation === 'daughter' && random.chance(daughterWeds)) {
      leave(home, person, 'married-out', on)
      continue
    }
    if (person.relation !== 'son' || !random.chance(sonWeds)) continue
    const match = random.chance(withinRegister) ? findBride(homes, home, turn.first) : undefined
    if (match) {
      leave(match.home, match.bride, 'married-out', on, 'within')
      succeed(match.home)
      home.people.push({
        ...match.bride,
        ...{ memberNo: memberNo(home), relation: 'daughter-in-law', left: null, married: true },
        joined: { change: 'married-in', on },
      })
    } else {
      const born = turn.year - age + random.whole(-2, 3)
      home.people.push(
        newcomer(meeting, home, { relation: 'daughter-in-law', born, change: 'married-in', on }),
      )
    }
    person.married = true
    home.changed = true
    const price = random.lognormal(bridePrice[0], bridePrice[1])
    pay(turn, strike(turn, 'wedding', on), price * ownShare)
    // What is borrowed for the wedding nobody lends again.
    home.purse.credit *= 0.6
  }
}

function findBride(homes: readonly Home[], groom: Home, day: number) {
  for (const home of homes) {
    if (home === groom || home.ended || present(home).length < 2) continue
    const bride = present(home).find(
      ({ relation, married, birth }) =>
        relation === 'daughter' && !married && ageOn(birth, day) >= 20 && ageOn(birth, day) <= 32,
    )
    if (bride) return { home, bride }
  }
  return undefined
}

/** Sons found households of their own, couples part, somebody goes to prison. */
function part(meeting: Meeting, turn: Turn): void {
  const { home } = turn
  const { random } = meeting
  const { splits, divorces, prison } = lives.family
  const people = present(home)
  const heir = people.find(({ relation, married }) => relation === 'son' && married)
  if (heir && people.length >= 4 && random.chance(splits)) branchOff(meeting, turn, heir)
  const wife = present(home).find(({ relation }) => relation === 'spouse')
  const on = dayIn(turn, random)
  if (wife && ageOn(wife.birth, turn.first) < 50 && random.chance(divorces)) {
    leave(home, wife, 'moved-out', on)
    const blow = strike(turn, 'family', on)
    if (wife.job && !wife.job.out) lose(turn, blow, wife.job.wage * 6)
  }
  const man = present(home).find(({ sex, job }) => sex === 'male' && job !== null)
  if (man && present(home).length > 1 && random.chance(prison)) {
    leave(home, man, 'imprisoned', on)
    lose(turn, strike(turn, 'family', on), (man.job?.wage ?? 0) * 6)
    succeed(home)
  }
}

const inBranch: Record<string, string> = {
  'daughter-in-law': 'spouse',
  grandson: 'son',
  granddaughter: 'daughter',
}

function branchOff(meeting: Meeting, turn: Turn, heir: Person): void {
  const { home } = turn
  const on = dayIn(turn, meeting.random)
  const going = present(home).filter((one) => one === heir || inBranch[one.relation] !== undefined)
  const wages = (of: readonly Person[]) =>
    of.reduce((sum, { job }) => sum + (job && !job.out ? job.wage : 0), 0)
  const all = present(home)
  // Half by who earns, half by who eats: what the land and the children abroad bring is shared.
  const earned = wages(all) > 0 ? wages(going) / wages(all) : going.length / all.length
  const share = earned * 0.6 + (going.length / all.length) * 0.4
  const branch: Home = {
    ...home,
    householdNo: `${String(home.village)}${String(50_000 + (Number(home.householdNo.slice(12)) % 10_000) * 3 + home.branches).padStart(5, '0')}`,
    ...{ branch: home.branch * 7 + home.branches + 1, branches: 0, nextMember: 1, people: [] },
    ...{
      founded: on,
      parent: home,
      ended: false,
      changed: true,
      farmland: Math.round(home.farmland * 4) / 10,
    },
    purse: {
      ...home.purse,
      ...{ net: home.purse.net.map((one) => one * share), year: emptyYear() },
      ...{
        crops: home.purse.crops * share,
        pigs: null,
        property: 0,
        eco: 0,
        other: home.purse.other * share,
      },
      ...{ cash: home.purse.cash * share, credit: home.purse.credit * share, dibao: 0, tekun: 0 },
    },
    ...{
      blows: [...home.blows],
      falls: [],
      statements: [],
      assessments: [],
      waters: [],
      rows: [],
      written: [],
      departed: [],
    },
  }
  home.branches++
  const left = 1 - share
  const { purse } = home
  purse.net = purse.net.map((one) => one * left)
  for (const key of ['crops', 'other', 'cash', 'credit'] as const) purse[key] *= left
  if (purse.venture) purse.venture = null
  for (const person of going) {
    leave(home, person, 'moved-out', on, 'within')
    branch.people.push({
      ...person,
      ...{ memberNo: memberNo(branch), left: null, joined: { change: 'moved-in', on } },
      relation: person === heir ? 'head' : (inBranch[person.relation] ?? 'other'),
    })
  }
  branch.people.sort((a, b) => Number(b.relation === 'head') - Number(a.relation === 'head'))
  strike(turn, 'family', on)
  succeed(home)
  meeting.homes.push(branch)
}

/** Parents who are old and alone go to live with the son who left. */
function joinAgain(meeting: Meeting, turn: Turn): void {
  const { home } = turn
  const { parent } = home
  if (!parent || parent.ended || !meeting.random.chance(lives.family.joinsAgain)) return
  const elders = present(parent)
  if (elders.some(({ birth }) => ageOn(birth, turn.first) < 62)) return
  const on = dayIn(turn, meeting.random)
  for (const person of elders) {
    leave(parent, person, 'moved-out', on, 'within')
    home.people.push({
      ...person,
      ...{ memberNo: memberNo(home), left: null, joined: { change: 'moved-in', on } },
      relation: person.sex === 'male' ? 'father' : 'mother',
    })
  }
  home.purse.net = home.purse.net.map((one, i) => one + (parent.purse.net[i] ?? 0))
  for (const key of ['crops', 'other', 'cash', 'credit', 'eco', 'property', 'dibao', 'tekun'] as const)
    home.purse[key] += parent.purse[key]
  home.changed = true
  parent.ended = true
  parent.changed = true
}

/** To another village of the county, or of another county: the household keeps its number. */
function move(meeting: Meeting, turn: Turn): void {
  const { home } = turn
  const { random, villages, far } = meeting
  const { movesInCounty, movesCounty } = lives.family
  const place = random.unit()
  const choice = place < movesCounty ? far : place < movesCounty + movesInCounty ? villages : undefined
  const village = choice?.[random.whole(0, choice.length - 1)]
  if (!village || village.code === home.village) return
  home.village = village.code
  home.villageName = village.name
  home.county = Math.floor(village.code / 1e6)
  home.changed = true
}
