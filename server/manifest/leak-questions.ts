import type { contract } from '#contract/index.ts'

type Contract = typeof contract
/** Every typed route as `group.name`. */
export type RouteName = {
  [G in keyof Contract & string]: `${G}.${keyof Contract[G] & string}`
}[keyof Contract & string]

/** Something to ask about: `own` lies in the asker's scope where it has any, `foreign` outside it, `absent` nowhere. */
export type Whose = 'own' | 'foreign' | 'absent'

/** What accounts make by asking, and can be asked about afterwards. */
export type Made =
  | 'export'
  | 'break-glass'
  | 'correction'
  | 'alarm'
  | 'retention-run'
  | 'visit'
  | 'case'
  | 'plan'
  | 'measure'
  | 'field-device'

/** Gives references of things of the world to one asker. */
export interface Picker {
  household(whose: Whose): string
  householdNumber(whose: Whose): string
  person(whose: Whose): string
  clue(whose: Whose): string
  batch(whose: Whose): string
  account(whose: Whose): string
  division(whose: Whose): number
  /** A reference of a kind that other routes make. */
  made(kind: Made, whose: Whose): string
  /** Some text to search by, that finds somebody of the world. */
  search(whose: Whose): string
  number(below: number): number
}

/** What a route is asked; undefined where it takes nothing. */
export type Question = (pick: Picker, whose: Whose) => unknown

/** A route that is not asked at random, and why. */
export interface LeftAlone {
  leftAlone: string
}

/** What the routes of a module are asked by the search for leaks (`test/scopes.test.ts`); a route nobody asks does not compile. */
export type Questions = Readonly<Partial<Record<RouteName, Question | LeftAlone>>>

/** Chosen before any reference is drawn, so that the same seed asks the same question about something else. */
export function oneOf(pick: Picker, ways: readonly (() => unknown)[]): unknown {
  return ways[pick.number(ways.length)]?.()
}

/** For what changes something of its asker's own or of the whole installation, so that the world stays as it was filled. */
export const leftAlone = (why: string): LeftAlone => ({ leftAlone: why })
