import { yearOf } from '#demo/province/days.ts'
import type { Assessment, WaterReport } from '#demo/province/model.ts'
import { lives } from '../calibration.ts'
import { headOf } from '../families/people.ts'
import type { Blow } from '../model.ts'
import { floodDay } from '../world.ts'
import { whose } from './health.ts'
import { filesFrom, pay, record, strike, type Turn } from './turn.ts'

/** The house they live in: a survey before the first file, walls that crack, fires, the flood, rebuilding. */
export function dwell(turn: Turn): void {
  const { home, random, first, last, year, ofYear, world } = turn
  if (first === filesFrom) {
    survey(turn)
    return
  }
  const { worsens, burns, flood } = { ...lives.home, flood: lives.farm.flood }
  const weakness = Math.exp(0.35 * home.frailty)
  const isFlooded = year === 2020 && ofYear === 7 && world.flooded(home.village) && random.chance(flood.home)
  const isBurnt = random.chance(burns)
  if (isFlooded || isBurnt) {
    const on = isFlooded ? floodDay : random.whole(first, last - 3)
    ruin(turn, strike(turn, 'home', on), on + random.whole(8, 50), isBurnt ? 'D' : random.pick(['C', 'D']))
  } else if (random.chance(worsens * weakness)) {
    const assessedOn = random.whole(first, last)
    if (home.assessments.length > 0 && assessedOn >= filesFrom)
      assess(turn, { ...blank(assessedOn), grade: random.chance(lives.home.gradeD) ? 'D' : 'C' }, null)
  }
  rebuild(turn)
}

const blank = (assessedOn: number): Assessment => ({
  ...{ assessedOn, grade: 'B', livedIn: true, plannedYear: null, startedOn: null, finishedOn: null },
  reportedOn: assessedOn,
})

function survey(turn: Turn): void {
  const { home, random, first } = turn
  if (!home.registered && !random.chance(lives.home.surveyedOthers)) return
  const assessedOn = first + random.whole(0, 25)
  const weakness = Math.exp(0.35 * home.frailty)
  const isDangerous = random.chance(lives.home.dangerous * weakness)
  const worse = random.chance(lives.home.gradeD) ? 'D' : 'C'
  const livedIn = !random.chance(lives.home.notLivedIn)
  const grade = isDangerous ? worse : random.chance(0.3) ? 'A' : 'B'
  const plannedYear = isDangerous ? yearOf(assessedOn) : null
  assess(turn, { ...blank(assessedOn), grade, livedIn: isDangerous ? livedIn : true, plannedYear }, null)
}

/** The family mends what it can at once; the department comes to look weeks later, if it comes. */
function ruin(turn: Turn, blow: Blow, seenOn: number, grade: 'C' | 'D'): void {
  const { cost, aid } = lives.home
  pay(turn, blow, turn.random.lognormal(cost[0], cost[1]) * (turn.home.registered ? 1 - aid : 1))
  if (turn.random.chance(0.7)) assess(turn, { ...blank(seenOn), grade }, blow)
}

function rebuild(turn: Turn): void {
  const { home, random, last } = turn
  const now = home.assessments.at(-1)
  if (!now || now.finishedOn !== null || (now.grade !== 'C' && now.grade !== 'D')) return
  if (now.assessedOn + 90 > last || !random.chance(lives.home.rebuilt)) return
  const finishedOn = last - random.whole(0, 20)
  const startedOn = Math.max(now.assessedOn + 20, finishedOn - random.whole(40, 70))
  const { cost, aid } = lives.home
  const share = home.registered ? 0.25 : 1 - aid
  pay(turn, null, random.lognormal(cost[0], cost[1]) * share * 0.6)
  assess(turn, { ...now, startedOn, finishedOn, reportedOn: finishedOn }, null)
}

function assess(turn: Turn, one: Assessment, blow: Blow | null): void {
  const { home } = turn
  const head = headOf(home)
  if (!head || one.reportedOn < filesFrom) return
  home.assessments.push(one)
  const { reportedOn, ...values } = one
  record(turn, 'dwelling', reportedOn, { ...whose(head), ...values }, blow)
}

/** Water comes by the village: a first survey, cuts, works that fail, later surveys. */
export function drink(turn: Turn): void {
  const { home, random, first, last, world } = turn
  if (last < filesFrom) return
  const village = world.water(home.village)
  if (first === filesFrom) {
    const least = village.scarce ? 20 : 35
    const isShort = random.chance(lives.water.householdShort)
    report(turn, {
      ...{ observedOn: first + random.whole(0, 25), project: village.project, scarce: village.scarce },
      ...{ cutFrom: null, cutTo: null, passed: true },
      litres: isShort && random.chance(0.6) ? random.whole(8, least - 1) : random.whole(least + 2, 95),
      tripMinutes: isShort && random.chance(0.5) ? random.whole(21, 55) : random.whole(0, 12),
    })
  }
  const base = home.waters[0]
  if (!base) return
  for (const { from, to } of village.cuts)
    if (to >= first && to <= last) report(turn, { ...base, observedOn: to, cutFrom: from, cutTo: to })
  const { failsFrom, failsTo } = village
  if (failsFrom !== null && failsFrom >= first && failsFrom <= last)
    report(turn, { ...base, observedOn: failsFrom, passed: false })
  if (failsTo !== null && failsTo >= first && failsTo <= last) report(turn, { ...base, observedOn: failsTo })
  if (!random.chance(lives.water.resurvey)) return
  const observedOn = first + random.whole(0, 27)
  const isFailing =
    failsFrom !== null && observedOn >= failsFrom && !(failsTo !== null && observedOn >= failsTo)
  report(turn, { ...base, observedOn, passed: !isFailing })
}

/** One report a day: the survey that comes on a day of which something is known already adds nothing. */
function report(turn: Turn, one: WaterReport): void {
  const { home } = turn
  const head = headOf(home)
  if (!head || home.waters.some(({ observedOn }) => observedOn === one.observedOn)) return
  home.waters.push(one)
  const { passed, ...rest } = one
  record(turn, 'water', one.observedOn, { ...whose(head), ...rest, quality: passed ? 'passed' : 'failed' })
}
