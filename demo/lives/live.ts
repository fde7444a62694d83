import { type DayNumber, monthStart } from '#demo/province/days.ts'
import type { Village } from '#demo/province/places.ts'
import { Random } from '#demo/province/random.ts'
import { firstMonth, type Neighbourhood, stream } from './families/found.ts'
import { headOf, present } from './families/people.ts'
import { cultivate } from './living/business.ts'
import { ail } from './living/health.ts'
import { drink, dwell } from './living/home.ts'
import { account, closeYear } from './living/purse.ts'
import { study } from './living/school.ts'
import { filesFrom, type Turn, turnOf } from './living/turn.ts'
import { infect, insure, support } from './living/welfare.ts'
import { labour } from './living/work.ts'
import { meet } from './meeting/meet.ts'
import type { Home, Month } from './model.ts'
import { entries, type RegistryRows, turnOfYear } from './records/registry.ts'
import type { World } from './world.ts'

/** A household with all that happened to it, and what the register wrote of it, file by file. */
export interface Lived {
  home: Home
  register: Map<Month, RegistryRows>
  /** The head of the day on which a statement was taken down. */
  statedBy: Map<DayNumber, { name: string; idNumber: string }>
  persons: number
}

interface Course {
  neighbourhood: Neighbourhood
  far: readonly Village[]
  world: World
  lastMonth: Month
  /** Months after which the register writes a file. */
  registerMonths: readonly Month[]
}

/** Lets a neighbourhood live from the beginning to the last month; the households that were founded on the way stand at the end. */
export function liveOn({ neighbourhood, far, world, lastMonth, registerMonths }: Course): Lived[] {
  const { homes, newcomer, villages, index } = neighbourhood
  const lived = new Map<Home, Lived>()
  const randoms = new Map<Home, Random>()
  const meetings = new Random(world.seed, stream.meeting, index)
  const of = (home: Home): Lived => {
    const known = lived.get(home)
    if (known) return known
    const made = { home, register: new Map(), statedBy: new Map(), persons: 0 }
    lived.set(home, made)
    return made
  }
  const randomOf = (home: Home): Random => {
    const known = randoms.get(home)
    if (known) return known
    const made = new Random(world.seed, stream.life, home.index, home.branch)
    randoms.set(home, made)
    return made
  }
  for (let month = firstMonth; month <= lastMonth; month++) {
    const turns = new Map<Home, Turn>()
    for (const home of homes) {
      if (home.ended) continue
      const turn = turnOf(home, month, randomOf(home), world)
      turns.set(home, turn)
      live(turn)
    }
    const living = [...turns.keys()]
    meet({
      ...{ month, homes, living, newcomer, villages, far, random: meetings },
      turnOf: (home) => turns.get(home) ?? turnOf(home, month, randomOf(home), world),
    })
    for (const [home, turn] of turns) {
      account(turn)
      if (month % 12 !== 8) continue
      closeYear(turn, monthStart(month - 11))
      const head = headOf(home)
      if (head) of(home).statedBy.set(turn.last, head)
    }
    if (month % 12 === 11) for (const [home, turn] of turns) turnOfYear(home, turn.year, turn.random)
    if (registerMonths.includes(month))
      for (const home of homes) of(home).register.set(month, entries(home, month, month % 12 === 11))
  }
  for (const home of homes) {
    const one = of(home)
    one.persons = present(home).length
    // Where nobody lived on, the register stands as it stood.
    if (lastMonth < firstMonth)
      for (const month of registerMonths)
        if (month % 12 === 11) one.register.set(month, entries(home, month, true))
  }
  return [...lived.values()]
}

function live(turn: Turn): void {
  labour(turn)
  cultivate(turn)
  ail(turn)
  study(turn)
  dwell(turn)
  if (turn.last >= filesFrom) drink(turn)
  support(turn)
  insure(turn)
  infect(turn)
}
