import { calibration } from '#demo/province/calibration.ts'
import { ageOn, dayOf } from '#demo/province/days.ts'
import type { Assistance, Illness, Insurance } from '#demo/province/model.ts'
import { lives } from '../calibration.ts'
import { headOf, present } from '../families/people.ts'
import type { Blow, Person } from '../model.ts'
import { epidemicFrom } from '../world.ts'
import { issue, whose } from './health.ts'
import { earn, filesFrom, record, strike, type Turn } from './turn.ts'

/** What comes without work: pensions, what children send, rent, allowances that begin and stop, relief in trouble. */
export function support(turn: Turn): void {
  const { home, random, first } = turn
  const { purse } = home
  const { pension, pensionAge } = lives.allowance
  const people = present(home)
  const elders = people.filter(({ birth }) => ageOn(birth, first) >= pensionAge).length
  if (elders > 0) earn(turn, 'pension', elders * pension)
  earn(turn, 'property', purse.property)
  earn(turn, 'ecoCompensation', purse.eco)
  earn(turn, 'otherTransfer', purse.other * (0.8 + random.unit() * 0.4))
  if (first === filesFrom) {
    allowAtStart(turn)
    for (const person of people) certified(turn, person)
  } else review(turn)
  if (purse.dibao > 0) earn(turn, 'dibao', purse.dibao)
  if (purse.tekun > 0) earn(turn, 'tekun', purse.tekun)
}

/** Who has an allowance when the first files are written, by how poor they are. */
function allowAtStart(turn: Turn): void {
  const { home, random, first, year } = turn
  if (home.attribute === 'tekun') {
    begin(turn, 'tekun', first - random.whole(100, 1200), lives.allowance.tekun)
    return
  }
  const { dibao, poorest, middle, others } = lives.allowance
  const perHead = home.purse.net.reduce((a, b) => a + b, 0) / Math.max(1, present(home).length)
  const share = perHead < poorest ? dibao[0] : perHead < middle ? dibao[1] : dibao[2]
  if (!random.chance(home.registered ? share : others)) return
  begin(turn, 'dibao', dayOf(year - random.whole(2, 5), random.whole(1, 12), 1), amount(turn))
}

/** Allowances end, more often than they should among those in need; begin, later than they should; relief comes to some. */
function review(turn: Turn): void {
  const { home, random, first } = turn
  const { dibao, state } = home.purse
  const { stops, stopsInNeed, comes, relief } = lives.allowance
  if (dibao > 0 && random.chance(state === 'above' ? stops : stopsInNeed)) stop(turn)
  else if (dibao === 0 && state !== 'above' && random.chance(comes)) begin(turn, 'dibao', first, amount(turn))
  if (state === 'hardship' && random.chance(relief)) temporary(turn, random.whole(5, 30) * 100)
}

function amount({ random }: Turn): number {
  const [least, most] = lives.allowance.monthly
  return random.whole(least, most)
}

/** Certificates that stood before the first file. */
function certified(turn: Turn, person: Person): void {
  if (!person.disability) return
  const { spread } = calibration.disability
  const issuedOn = Math.max(filesFrom - 1 - turn.random.whole(0, spread), person.birth + 200)
  if (issuedOn < filesFrom) issue(turn, person, issuedOn, null)
}

function begin(turn: Turn, kind: 'dibao' | 'tekun', startedOn: number, monthlyYuan: number): void {
  const { home, random } = turn
  const people = present(home)
  const receivers =
    kind === 'tekun' ? people.slice(0, 1) : people.filter((_, i) => i === 0 || random.chance(0.6))
  for (const person of receivers) {
    const one: Assistance = {
      ...{ person, kind, startedOn, endedOn: null, monthly: monthlyYuan * 100, stopReason: null },
      reportedOn: Math.max(startedOn + 9, filesFrom + 8),
    }
    person.record.assistances.push(one)
    enter(turn, one)
    home.purse[kind] += monthlyYuan
  }
}

function stop(turn: Turn): void {
  const { home, random, last } = turn
  home.purse.dibao = 0
  const endedOn = last - random.whole(0, 20)
  const stopReason = random.pick(['动态管理退出', '收入核算变化', '未按时复核'])
  const blow = strike(turn, 'allowance', endedOn)
  for (const person of present(home)) {
    const running = person.record.assistances.findLast(({ kind }) => kind === 'dibao')
    if (!running || running.endedOn !== null) continue
    const one = { ...running, endedOn, stopReason, reportedOn: endedOn }
    person.record.assistances.push(one)
    enter(turn, one, blow)
  }
}

function temporary(turn: Turn, yuan: number): void {
  const head = headOf(turn.home)
  if (!head) return
  const day = turn.random.whole(turn.first, turn.last - 1)
  const one: Assistance = {
    ...{
      person: head,
      kind: 'temporary',
      startedOn: day,
      endedOn: day,
      monthly: yuan * 100,
      stopReason: null,
    },
    reportedOn: day,
  }
  head.record.assistances.push(one)
  turn.home.purse.cash += yuan
  enter(turn, one)
}

function enter(turn: Turn, one: Assistance, blow: Blow | null = null): void {
  const { person, reportedOn, ...values } = one
  record(turn, 'social-assistance', reportedOn, { ...whose(person), ...values }, blow)
}

/** Most pay for the next year in autumn, some late, few not at all. Who comes later is insured when the month is over. */
export function insure(turn: Turn): void {
  const { first, year, ofYear, home, random } = turn
  if (first < filesFrom) return
  for (const person of present(home)) {
    const has = (of: number) => person.record.insurances.some((one) => one.year === of)
    if (!has(year)) cover(turn, person, year, first === filesFrom ? filesFrom + 10 : turn.last)
    const late = person.record.insurances.find((one) => one.year === year && one.status === 'unpaid')
    const isPaid = person.record.insurances.some((one) => one.year === year && one.status !== 'unpaid')
    if (late && !isPaid && ofYear < 7 && random.chance(0.3))
      insured(turn, person, year, random.whole(first, turn.last))
    if (ofYear === 12) ahead(turn, person, year + 1)
    else if (random.chance(lives.confirmed)) confirm(turn, person, year)
  }
}

/** Entered once more as it stands, which changes nothing. */
function confirm(turn: Turn, person: Person, year: number): void {
  const one = person.record.insurances.findLast((known) => known.year === year && known.status !== 'unpaid')
  if (one && one.reportedOn < turn.first) enrol(turn, person, { ...one, reportedOn: turn.last })
}

function ahead(turn: Turn, person: Person, year: number): void {
  const { random } = turn
  const employee = person.record.insurances.at(-1)?.employee ?? false
  if (employee || !random.chance(calibration.uninsuredInJanuary)) {
    insured(turn, person, year, dayOf(year - 1, 10, 8) + random.whole(0, 80), employee)
    return
  }
  const one: Insurance = {
    ...{ person, year, resident: false, employee: false, status: 'unpaid', paidOn: null },
    reportedOn: dayOf(year, 1, 5),
  }
  enrol(turn, person, one)
}

function cover(turn: Turn, person: Person, year: number, on: number): void {
  const isWorker = person.labour === 'ordinary' || person.labour === 'skilled'
  insured(turn, person, year, on, isWorker && turn.random.chance(calibration.employeeInsured))
}

function insured(turn: Turn, person: Person, year: number, on: number, employee = false): void {
  const status = turn.home.registered ? 'paid-on-behalf' : 'paid'
  enrol(turn, person, {
    ...{ person, year, resident: !employee, employee, status, paidOn: on },
    reportedOn: on,
  })
}

function enrol(turn: Turn, person: Person, one: Insurance): void {
  person.record.insurances.push(one)
  const { person: _, reportedOn, ...values } = one
  record(turn, 'medical-insurance', reportedOn, { ...whose(person), ...values })
}

/** The epidemic: cases are reported on the day they are found, and again on the day they end. */
export function infect(turn: Turn): void {
  const { month, random, world, home } = turn
  const { quarantinedPerCase } = lives.epidemic.cases
  const share = lives.epidemic.wave[month - epidemicFrom + 1] ?? 0
  if (share === 0) return
  for (const person of present(home)) {
    if (!random.chance(world.infected * (1 + quarantinedPerCase) * share)) continue
    const kind = random.chance(1 / (1 + quarantinedPerCase))
      ? random.chance(0.75)
        ? 'confirmed'
        : 'suspected'
      : 'quarantined'
    const diagnosed =
      month === epidemicFrom - 1 ? turn.first + random.whole(23, 30) : turn.first + random.whole(0, 27)
    const outcomeOn =
      diagnosed +
      (kind === 'confirmed' ? random.whole(12, 30) : kind === 'suspected' ? random.whole(2, 6) : 14)
    const found: Illness = {
      ...{ person, kind, disease: '新型冠状病毒肺炎', special: false, diagnosed, reportedOn: diagnosed },
      ...{ outcome: 'in-treatment', outcomeOn: null },
    }
    const outcome = kind === 'confirmed' ? 'cured' : 'released'
    const blow = kind === 'confirmed' ? strike(turn, 'epidemic', diagnosed) : null
    for (const one of [found, { ...found, outcome, outcomeOn, reportedOn: outcomeOn }]) {
      person.record.illnesses.push(one)
      record(turn, 'epidemic', one.reportedOn, { illness: one }, blow)
    }
  }
}
