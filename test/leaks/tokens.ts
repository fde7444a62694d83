import { areaScope } from '#server/modules/divisions/index.ts'
import { type Caller, type Household, sees, type World } from './world.ts'

/** What of somebody else stands in an answer. */
export interface Leak {
  caller: string
  route: string
  token: string
}

type Judge = (caller: Caller) => boolean

/**
 * Looks for texts of the world in an answer and tells those that the asker may not see: references, numbers and names of
 * households, persons, clues, files and accounts, and codes of places outside its area that it did not name itself.
 */
export function tokenFinder(world: World): (caller: Caller, question: unknown, answer: unknown) => string[] {
  const judges = new Map<string, Judge>()
  const byId = new Map<number, Household>(world.households.map((one) => [one.id, one]))
  const ofHousehold = (id: number): Judge => {
    const household = byId.get(id)
    return (caller) => household !== undefined && sees(caller, household)
  }
  for (const { id, ref, number, name } of world.households) {
    for (const token of [ref, number, name, `员${String(id).padStart(7, '0')}`])
      judges.set(token, ofHousehold(id))
    for (const member of [1, 2, 3, 4]) judges.set(`${number}${member}`, ofHousehold(id))
  }
  for (const { ref, householdId } of world.persons) judges.set(ref, ofHousehold(householdId))
  for (const { id, householdId } of world.clues) judges.set(id, ofHousehold(householdId))
  for (const { ref, area } of world.batches) judges.set(ref, (caller) => isInside(caller, area))
  for (const { userId, username, area, granted } of world.callers) {
    // A helper of a household one sees may be sent there, wherever the helper's own area is.
    const helps = (caller: Caller) => [...granted].some((id) => ofHousehold(id)(caller))
    const judge: Judge = (caller) => caller.userId === userId || isInside(caller, area) || helps(caller)
    judges.set(userId, judge)
    judges.set(username, judge)
  }
  return (caller, question, answer) => {
    const request = JSON.stringify(question) ?? ''
    const text = JSON.stringify(answer) ?? ''
    const found = new Set<string>()
    for (const [token] of text.matchAll(tokens)) {
      if (!request.includes(token) && judges.get(token)?.(caller) === false) found.add(token)
    }
    // The last part of a random reference may look like the code of a place.
    for (const [code] of text.replaceAll(reference, '').matchAll(/(?<!\d)34\d{10}(?!\d)/g)) {
      const { from, to } = areaScope(Number(code))
      const above = from <= caller.scope.from && to >= caller.scope.to
      if (!above && !isInside(caller, Number(code)) && !request.includes(code)) found.add(code)
    }
    return [...found]
  }
}

const reference = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const tokens =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|user-\d+-\d+|u\d+\.\d+|[户员]\d+|(?<!\d)\d{19,20}(?!\d)/g

export const isInside = ({ scope }: Caller, code: number) => code >= scope.from && code <= scope.to
