import { ageOn } from '#demo/province/days.ts'
import { lives } from '../calibration.ts'
import { employ } from '../families/found.ts'
import { canWork, isStudent, present } from '../families/people.ts'
import type { Blow, Job, Person } from '../model.ts'
import { epidemicFrom } from '../world.ts'
import { whose } from './health.ts'
import { earn, filesFrom, lose, record, strike, type Turn } from './turn.ts'

/** Who works this month and what it brings; who loses work, cannot leave, looks after somebody, or finds work again. */
export function labour(turn: Turn): void {
  let stopped: Blow | null = null
  for (const person of present(turn.home)) {
    growUp(turn, person)
    const { job } = person
    if (!job) {
      mayStart(turn, person)
      continue
    }
    if (turn.month === epidemicFrom && !job.out && !job.publicPost) stopped = stop(turn, job, stopped)
    if (!job.out && !isFit(turn, person))
      job.out = { blow: person.care?.blow ?? null, returns: 0.25, since: turn.month, reported: 'unemployed' }
    if (!job.out) mayLose(turn, person, job)
    else mayReturn(turn, person, job)
    const isAway = person.caresUntil > turn.month
    if (!job.out && !isAway) earn(turn, 'wage', job.wage * (0.92 + turn.random.unit() * 0.16))
    else lose(turn, job.out?.blow ?? null, job.wage)
    if (job.known) enter(turn, person, job, isAway)
    if (turn.year !== 2020) job.wage *= 1 + lives.work.growth
    if (ageOn(person.birth, turn.first) >= 68 || hasEnded(turn, job)) person.job = null
  }
}

/** Nobody stays on a list of workers for ever: after a year without work they are old, ill, or farmers. */
const hasEnded = ({ month }: Turn, { out }: Job) => out !== null && month - out.since >= 12

const isFit = (turn: Turn, person: Person) => canWork(person, turn.first) || person.labour === 'weak'
const isAwayFrom = ({ place }: Job) => place === 'outside' || place === 'province'

/** School is over; the weak and the sick stay at home. */
function growUp(turn: Turn, person: Person): void {
  if (turn.ofYear !== 9 || person.labour !== 'none') return
  const age = ageOn(person.birth, turn.first)
  if (age < 16 || age > 40 || isStudent(person, turn.year)) return
  person.labour = person.condition === 'healthy' || person.condition === 'chronic' ? 'ordinary' : 'weak'
  turn.home.changed = true
}

function mayStart(turn: Turn, person: Person): void {
  const { starts, wage } = lives.work
  if (!canWork(person, turn.first) || person.care || isStudent(person, schoolYear(turn))) return
  if (turn.month === epidemicFrom || !turn.random.chance(starts)) return
  // Those who stay at home all their lives do so for a reason.
  if (ageOn(person.birth, turn.first) > 30 && !turn.random.chance(0.12)) return
  employ(person, turn.random.lognormal(wage[0], wage[1]), turn.random)
}

export const schoolYear = (turn: Turn) => (turn.ofYear >= 9 ? turn.year : turn.year - 1)

/** After the new year of 2020 nobody may go; most can again within weeks. */
function stop(turn: Turn, job: Job, before: Blow | null): Blow | null {
  const { stops, lasting } = lives.epidemic
  const { random } = turn
  if (!random.chance(isAwayFrom(job) ? stops.away : stops.near)) return before
  const blow = before ?? strike(turn, 'epidemic', turn.first)
  const returns = random.chance(lasting) ? 0.05 : 1
  job.out = { blow, returns, since: turn.month, reported: isAwayFrom(job) ? 'returned' : 'unemployed' }
  return blow
}

function mayLose(turn: Turn, person: Person, job: Job): void {
  const { random } = turn
  const { loses, returns } = lives.work
  const hazard = job.publicPost ? loses.publicPost : isAwayFrom(job) ? loses.away : loses.near
  const isWorn = ageOn(person.birth, turn.first) >= 58 ? 1.8 : 1
  if (!random.chance(hazard * isWorn)) return
  job.out = {
    ...{ blow: strike(turn, 'job', turn.first), returns: random.weighted(returns), since: turn.month },
    reported: isAwayFrom(job) ? 'returned' : 'unemployed',
  }
}

function mayReturn(turn: Turn, person: Person, job: Job): void {
  const { out } = job
  if (!out || out.since === turn.month || !canWork(person, turn.first)) return
  const isEpidemic = out.blow?.cause === 'epidemic' && out.returns === 1
  const chance = isEpidemic ? (lives.epidemic.returns[turn.month - epidemicFrom - 1] ?? 0.3) : out.returns
  if (!turn.random.chance(chance)) return
  job.out = null
  // Work after a long pause pays less.
  if (turn.month - out.since > 4) job.wage *= 0.9
}

/** The month's line in the list of the human resources department. */
function enter(turn: Turn, person: Person, job: Job, isAway: boolean): void {
  if (turn.first < filesFrom) return
  const isOut = job.out !== null || isAway
  const one = {
    ...{ person, month: turn.first },
    status: job.out?.reported ?? (isAway ? ('unemployed' as const) : ('employed' as const)),
    place: isOut ? null : job.place,
    employer: isOut ? null : job.employer,
    wage: isOut ? 0 : Math.round((job.wage * (0.94 + turn.random.unit() * 0.12) * 100) / 1000) * 1000,
    publicPost: !isOut && job.publicPost,
  }
  person.record.work.push(one)
  const { person: _, ...rest } = one
  const blow = job.out?.blow ?? null
  record(turn, 'employment', turn.first, { ...whose(person), ...rest }, blow)
}
