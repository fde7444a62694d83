import { calibration } from '#demo/province/calibration.ts'
import { ageOn, type DayNumber, dayText } from '#demo/province/days.ts'
import type { Illness, Settlement } from '#demo/province/model.ts'
import { lives } from '../calibration.ts'
import { headOf, isDisabled, isIll, leave, present, succeed } from '../families/people.ts'
import type { Blow, Person } from '../model.ts'
import { bill, chronicDiseases, hospitals, majorDiseases } from './bill.ts'
import { filesFrom, forgo, pay, record, strike, type Turn, yearly } from './turn.ts'

export const whose = ({ name, idNumber }: Pick<Person, 'name' | 'idNumber'>) => ({ name, idNumber })

/** Who falls ill, is hurt, is treated, gets well, becomes disabled or dies this month, and what it costs. */
export function ail(turn: Turn): void {
  for (const person of present(turn.home)) {
    const age = ageOn(person.birth, turn.first)
    if (person.care) treat(turn, person)
    else fallIll(turn, person, age)
    if (!person.care && age >= 16 && age < 75) mayBeHurt(turn, person)
    ordinaryCare(turn, person)
    certify(turn, person)
    mayDie(turn, person, age)
  }
}

function fallIll(turn: Turn, person: Person, age: number): void {
  const { random, home } = turn
  const { chronic, major, frail } = lives.health
  const of = age < 40 ? 'young' : age < 60 ? 'middle' : 'old'
  const weakness = frail ** (home.frailty * 0.6)
  if (!isIll(person) && random.chance(major[of] * weakness)) {
    becomeMajorlyIll(turn, person)
    return
  }
  if (person.condition !== 'healthy' || !random.chance(chronic[of])) return
  person.condition = 'chronic'
  home.changed = true
  illnessOf(turn, person, 'chronic', random.pick(chronicDiseases), dayIn(turn), false, null)
}

function becomeMajorlyIll(turn: Turn, person: Person): void {
  const { random, home } = turn
  const on = dayIn(turn)
  const disease = random.pick(majorDiseases)
  const blow = strike(turn, 'illness', on)
  person.condition = isDisabled(person) ? 'both' : 'major'
  person.care = { blow, from: turn.month, disease, factor: 1 }
  home.changed = true
  if (random.chance(lives.health.leavesWork)) person.labour = ageOn(person.birth, on) < 16 ? 'none' : 'lost'
  illnessOf(turn, person, 'major', disease, on, random.chance(calibration.illness.special), blow)
  const first = lives.health.firstStay[home.registered ? 'registered' : 'others']
  stay(
    turn,
    person,
    Math.min(on + random.whole(6, 24), turn.last + 12),
    random.lognormal(first[0], first[1]),
    {
      ...{ diagnosis: disease, blow, unsettled: lives.health.unsettled },
    },
  )
  if (random.chance(lives.health.carer)) findCarer(turn, person)
}

/** Somebody stays at home: one without work if there is one, else a worker. */
function findCarer(turn: Turn, patient: Person): void {
  const others = present(turn.home).filter((one) => one !== patient && one.job && !one.job.out)
  const [carer] = others
  if (carer) carer.caresUntil = turn.month + turn.random.whole(2, 6)
}

function treat(turn: Turn, person: Person): void {
  const { random, home } = turn
  const care = person.care
  if (!care) return
  const months = turn.month - care.from
  const { laterStays, laterStay, recovers } = lives.health
  if (random.chance(months < 7 ? laterStays.early : laterStays.later)) {
    const of = laterStay[home.registered ? 'registered' : 'others']
    const day = dayIn(turn)
    stay(turn, person, day, random.lognormal(of[0], of[1]) * care.factor, {
      ...{ diagnosis: care.disease, blow: care.blow, unsettled: lives.health.unsettled },
    })
  }
  if (months < 6 || !random.chance(recovers)) return
  person.care = null
  if (!isDisabled(person) && random.chance(lives.health.disabled))
    person.certificateDue = {
      month: turn.month + random.whole(2, 6),
      grade: random.whole(1, 4),
      blow: care.blow,
    }
  if (person.labour === 'lost' && ageOn(person.birth, turn.first) < 62 && random.chance(0.7)) {
    person.labour = random.chance(0.5) ? 'ordinary' : 'weak'
    home.changed = true
  }
}

function mayBeHurt(turn: Turn, person: Person): void {
  const { random, home } = turn
  const { hazard, cost, insured, monthsOff, disabled, dies, kinds } = lives.accident
  if (!random.chance(hazard)) return
  const on = dayIn(turn)
  const blow = strike(turn, 'accident', on)
  const isInsured = random.chance(insured)
  const factor = home.registered && isInsured ? 0.6 : isInsured ? 1 : 2
  stay(
    turn,
    person,
    Math.min(on + random.whole(5, 30), turn.last + 25),
    random.lognormal(cost[0], cost[1]) * factor,
    {
      ...{ diagnosis: random.pick(kinds), blow, unsettled: isInsured ? 0 : 1 },
    },
  )
  if (random.chance(dies)) {
    die(turn, person, on + 1, blow)
    return
  }
  const off = random.whole(monthsOff[0], monthsOff[1])
  if (person.job) person.job.out = { blow, returns: 1 / off, since: turn.month, reported: 'unemployed' }
  if (!isDisabled(person) && random.chance(disabled))
    person.certificateDue = { month: turn.month + random.whole(4, 9), grade: random.whole(1, 4), blow }
  if (random.chance(0.4)) findCarer(turn, person)
}

/** Stays and visits of everybody, by how well they are. */
function ordinaryCare(turn: Turn, person: Person): void {
  const { random, home } = turn
  const { medical } = calibration
  if (!person.care && random.chance(yearly(medical.staysPerYear[person.condition]))) {
    const [median, sigma] = medical.stay[person.condition] as [number, number]
    const paid = random.lognormal(median * (home.registered ? 1 : medical.ordinaryFactor), sigma)
    const blow = paid > 3000 ? strike(turn, 'illness', turn.first) : null
    const diagnosis = random.pick(isIll(person) ? majorDiseases : chronicDiseases)
    stay(turn, person, dayIn(turn), paid, { diagnosis, blow, unsettled: lives.health.unsettled })
  }
  if (!random.chance(medical.outpatientPerMonth[person.condition])) return
  const [median, sigma] = medical.outpatient
  const paid = random.lognormal(median, sigma)
  const isChronic = person.condition === 'chronic' && random.chance(0.6)
  pay(turn, null, paid)
  const day = dayIn(turn)
  bills(turn, person, Math.round(paid * 100), null, {
    ...{ kind: isChronic ? 'chronic-outpatient' : 'outpatient', admitted: day, settledOn: day },
    hospital: random.chance(0.6) ? '村卫生室' : random.pick(hospitals),
    diagnosis: random.pick(chronicDiseases),
  })
}

interface Treatment {
  diagnosis: string
  blow: Blow | null
  /** Share of such stays that no insurance settles. */
  unsettled: number
}

function stay(turn: Turn, person: Person, leftOn: DayNumber, paid: number, of: Treatment): void {
  const { random } = turn
  const isAlone = random.chance(of.unsettled)
  // Without the insurance the family pays what it would have paid.
  pay(turn, of.blow, isAlone ? paid * 2.2 : paid)
  if (isAlone) return
  bills(turn, person, Math.round(paid * 100), of.blow, {
    ...{ kind: 'inpatient', hospital: random.pick(hospitals), diagnosis: of.diagnosis },
    ...{ admitted: leftOn - random.whole(3, 20), settledOn: leftOn },
  })
}

type About = Pick<Settlement, 'kind' | 'hospital' | 'admitted' | 'settledOn' | 'diagnosis'>

function bills(turn: Turn, person: Person, selfPaid: number, blow: Blow | null, about: About): void {
  if (about.settledOn < filesFrom) return
  const { settlements } = person.record
  const no = `${dayText(about.settledOn).replaceAll('-', '')}${person.memberNo.slice(6)}${String(settlements.length).padStart(3, '0')}`
  const one = bill(turn.home.registered, selfPaid, turn.random, { person, no, ...about })
  settlements.push(one)
  record(turn, 'medical-settlement', one.settledOn, { settlement: one }, blow)
}

function illnessOf(
  turn: Turn,
  person: Person,
  kind: Illness['kind'],
  disease: string,
  on: DayNumber,
  special: boolean,
  blow: Blow | null,
): void {
  if (on < filesFrom) return
  const one: Illness = {
    ...{ person, kind, disease, special, diagnosed: on, outcome: 'in-treatment', outcomeOn: null },
    reportedOn: on,
  }
  person.record.illnesses.push(one)
  record(turn, 'illness', on, { illness: one }, blow)
}

function certify(turn: Turn, person: Person): void {
  const isElderly = turn.first - person.birth > 45 * 365
  if (isElderly && !isDisabled(person) && !person.certificateDue && turn.random.chance(lives.health.ages))
    person.certificateDue = { month: turn.month + 1, grade: turn.random.whole(2, 4), blow: null }
  const due = person.certificateDue
  if (!due || due.month > turn.month) return
  const { random, home } = turn
  person.certificateDue = null
  person.condition = isIll(person) ? 'both' : 'disabled'
  if (due.grade <= 2 && person.labour !== 'none') person.labour = random.chance(0.5) ? 'lost' : 'weak'
  person.disability = { category: random.pick([1, 2, 4, 4, 4, 6]), grade: due.grade }
  home.changed = true
  issue(turn, person, dayIn(turn), due.blow)
}

/** A certificate with the category and grade the person has. */
export function issue(turn: Turn, person: Person, issuedOn: DayNumber, blow: Blow | null): void {
  if (!person.disability) return
  const { category, grade } = person.disability
  const no = `${person.idNumber}${category}${grade}`
  const one = { ...{ person, no, category, grade, issuedOn }, allowance: grade <= 2 ? 6000 : 0 }
  person.record.certificates.push(one)
  record(turn, 'disability', Math.max(issuedOn, filesFrom + 8), { certificate: one }, blow)
}

function mayDie(turn: Turn, person: Person, age: number): void {
  if (person.left) return
  const hazard = lives.dies.find(([below]) => age < below)?.[1] ?? 0
  const { dies } = lives.health
  if (turn.random.chance(hazard + (person.care && isIll(person) ? dies : 0)))
    die(turn, person, dayIn(turn), person.care?.blow ?? null)
}

function die(turn: Turn, person: Person, on: DayNumber, blow: Blow | null): void {
  const { home, random } = turn
  const cause = blow ?? (person.job ? strike(turn, 'death', on) : null)
  pay(turn, cause, random.lognormal(lives.funeral[0], lives.funeral[1]))
  if (cause && person.job && !person.job.out) forgo(turn, cause, person.job.wage)
  leave(home, person, 'death', on)
  if (headOf(home) === undefined) succeed(home)
}

const dayIn = (turn: Turn): DayNumber => turn.random.whole(turn.first, turn.last - 1)
