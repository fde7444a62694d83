import { createRouterClient, ORPCError } from '@orpc/server'
import { may } from '#contract/access/capabilities.ts'
import { contract } from '#contract/index.ts'
import type { Picker, RouteName, Whose } from '#server/manifest/leak-questions.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { contextOf, type RequestOrigin, type Services } from '#server/platform/http/rpc.ts'
import { router } from '#server/router.ts'
import type { Random } from './random.ts'
import { questionOf, questions } from './routes.ts'
import { isInside, type Leak, tokenFinder } from './tokens.ts'
import { type Caller, sees, type World } from './world.ts'

const origin: RequestOrigin = { address: '127.0.0.1', userAgent: 'leaks', requestId: 'leaks' }

const isServed = (name: RouteName) => {
  const [group = '', route = ''] = name.split('.')
  return route in ((router as Record<string, object>)[group] ?? {})
}

/** Routes that are driven; one that nobody serves is reported separately, so that it is not taken for tight. */
export const routeNames = (Object.keys(questions) as RouteName[]).filter(
  (name) => questionOf(name) !== undefined && isServed(name),
)
export const unserved = (Object.keys(questions) as RouteName[]).filter((name) => !isServed(name))

const kindOf = (name: RouteName) => metaOf(name).audit
export const metaOf = (name: RouteName) => {
  const [group = '', route = ''] = name.split('.')
  const routes = contract[group as keyof typeof contract] as Record<
    string,
    { '~orpc': { meta: { capability: string; audit: string } } }
  >
  const found = routes[route]
  if (!found) throw new Error(`no route ${name}`)
  return found['~orpc'].meta
}

export type Answer = { ok: true; value: unknown } | { ok: false; code: string; data: unknown }

/** Calls a route as the server does, without the network in between. */
export async function callRoute(
  services: Services,
  caller: Caller,
  name: RouteName,
  question: unknown,
): Promise<Answer> {
  const [group = '', route = ''] = name.split('.')
  const client = createRouterClient(router, {
    context: { services, requester: caller, origin },
  }) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
  try {
    return { ok: true, value: await client[group]?.[route]?.(question) }
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error
    return { ok: false, code: error.code, data: error.data }
  }
}

/** References for one asker. */
export function pickerFor(world: World, caller: Caller, random: Random): Picker {
  const split = <T>(list: readonly T[], isOwn: (one: T) => boolean) => ({
    own: list.filter(isOwn),
    foreign: list.filter((one) => !isOwn(one)),
  })
  const byId = new Map(world.households.map((one) => [one.id, one]))
  const seen = (id: number) => {
    const household = byId.get(id)
    return household !== undefined && sees(caller, household)
  }
  const households = split(world.households, (one) => sees(caller, one))
  const persons = split(world.persons, ({ householdId }) => seen(householdId))
  const clues = split(world.clues, ({ householdId }) => seen(householdId))
  const batches = split(world.batches, ({ area }) => isInside(caller, area))
  const accounts = split(world.callers, ({ area }) => isInside(caller, area))
  const places = world.villages.flatMap((code) => [1, 1e3, 1e6].map((span) => Math.floor(code / span) * span))
  // A place above one's own is neither: asking about it shows what of it is one's own.
  const divisions = split(
    places.filter((code) => isInside(caller, code) || !isAbove(caller, code)),
    (code) => isInside(caller, code),
  )
  const from = <T, R>(
    lists: { own: T[]; foreign: T[] },
    whose: Whose,
    of: (one: T) => R,
    absent: () => R,
  ): R => {
    const list = whose === 'absent' ? [] : lists[whose]
    return list.length > 0 ? of(random.of(list)) : absent()
  }
  const uuid = () => random.uuid()
  return {
    household: (whose) => from(households, whose, ({ ref }) => ref, uuid),
    householdNumber: (whose) =>
      from(
        households,
        whose,
        (one) => one.number,
        () => `999${random.number(1e9)}0000000`,
      ),
    person: (whose) => from(persons, whose, ({ ref }) => ref, uuid),
    clue: (whose) => from(clues, whose, ({ id }) => id, uuid),
    batch: (whose) => from(batches, whose, ({ ref }) => ref, uuid),
    account: (whose) =>
      from(
        accounts,
        whose,
        ({ userId }) => userId,
        () => `user-0-${random.number(1e9)}`,
      ),
    division: (whose) =>
      from(
        divisions,
        whose,
        (code) => code,
        () => 341_999_000_000,
      ),
    made: (kind, whose) =>
      from(
        split(
          world.made.filter((one) => one.kind === kind),
          ({ area, userId }) => userId === caller.userId || isInside(caller, area),
        ),
        whose,
        ({ id }) => id,
        uuid,
      ),
    search: (whose) =>
      from(
        households,
        whose,
        (one) => random.of([one.name, one.number, one.name.replace('户', 'h')]),
        () => '无此人',
      ),
    number: (below) => random.number(below),
  }
}

const isAbove = ({ scope }: Caller, code: number) => {
  const { from, to } = areaScope(code)
  return from <= scope.from && to >= scope.to
}

/** A route that changes things is driven with what is foreign or absent only, so that the world stays as it was filled. */
const whoseFor = (name: RouteName, random: Random): Whose =>
  random.of(
    kindOf(name) === 'change'
      ? (['foreign', 'absent'] as const)
      : (['own', 'own', 'foreign', 'absent'] as const),
  )

export interface DriveResult {
  attempts: number
  answered: number
  refused: number
  leaks: Leak[]
  /** Faults of the server: nothing may end as one. */
  faults: string[]
}

/** Random accounts ask random routes, many at a time over one pool; every answer and every refusal is looked through. */
export async function drive(
  services: Services,
  world: World,
  random: Random,
  { attempts, concurrency }: { attempts: number; concurrency: number },
): Promise<DriveResult> {
  const find = tokenFinder(world)
  const result: DriveResult = { attempts: 0, answered: 0, refused: 0, leaks: [], faults: [] }
  async function worker() {
    while (result.attempts < attempts) {
      result.attempts += 1
      const caller = random.of(world.callers)
      const name = random.of(routeNames)
      const question = questionOf(name)?.(pickerFor(world, caller, random), whoseFor(name, random))
      const answer = await callRoute(services, caller, name, question)
      for (const token of find(
        caller,
        question,
        name.startsWith('audit.') ? withoutObjects(answer) : answer,
      )) {
        result.leaks.push({ caller: `${caller.role} of ${caller.area}`, route: name, token })
      }
      if (answer.ok) {
        result.answered += 1
        if (!isAllowed(caller, name))
          result.leaks.push({ caller: caller.role, route: name, token: 'answered without the right' })
      } else {
        result.refused += 1
        if (answer.code === 'INTERNAL_SERVER_ERROR')
          result.faults.push(`${name} ${caller.role} ${JSON.stringify(question)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return result
}

/** The audit of an area names what its accounts tried to reach, wherever that lies: references, no data. */
export function withoutObjects(answer: Answer): unknown {
  const named = new Set(['object', 'household', 'detail', 'before', 'after', 'madeBy'])
  return JSON.parse(JSON.stringify(answer, (key, value) => (named.has(key) ? undefined : value)))
}

function isAllowed(caller: Caller, name: RouteName): boolean {
  const { capability } = metaOf(name)
  if (capability === 'public' || capability === 'any' || capability === 'half') return true
  return may(caller.role, capability as Parameters<typeof may>[1])
}

/**
 * Asks every route that names something about something foreign and about nothing at all: both must be answered alike, or the
 * difference tells that it exists.
 */
export async function compareForeignWithAbsent(
  services: Services,
  world: World,
  random: Random,
  callers: readonly Caller[],
): Promise<Leak[]> {
  const leaks: Leak[] = []
  for (const caller of callers) {
    for (const name of routeNames) {
      // What was called a moment ago stands in the audit: it differs from call to call by its nature.
      if (name === 'audit.list') continue
      const seed = random.number(1e9)
      const again = (whose: Whose) => questionOf(name)?.(pickerFor(world, caller, random.again(seed)), whose)
      const foreign = await callRoute(services, caller, name, again('foreign'))
      const absent = await callRoute(services, caller, name, again('absent'))
      if (shapeOf(foreign) !== shapeOf(absent)) {
        leaks.push({
          caller: `${caller.role} of ${caller.area}`,
          route: name,
          token: `${shapeOf(foreign)} for ${shapeOf(absent)}`,
        })
      }
    }
  }
  return leaks
}

/** An answer without what differs from call to call: references, codes, instants and how long it took. */
function shapeOf(answer: Answer): string {
  const text = answer.ok
    ? `ok ${JSON.stringify(answer.value)}`
    : `${answer.code} ${JSON.stringify(answer.data)}`
  return text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replaceAll(/user-\d+-\d+/g, '<account>')
    .replaceAll(/(?<!\d)34\d{10}(?!\d)/g, '<place>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')
    .replaceAll(/"ms":\d+/g, '"ms":<time>')
    .replaceAll(/neu-\d+|E\d{6}-\d|"requestId":"[^"]*"|"token":"[^"]*"/g, '<new>')
    .slice(0, 200)
}

/** Everything an asker is told about its own area, as one text: it must not depend on what lies outside. */
export async function viewOf(services: Services, caller: Caller): Promise<string> {
  const seen: Record<string, unknown> = {}
  for (const name of ownViews) {
    const answer = await callRoute(services, caller, name, {})
    seen[name] = answer
  }
  seen.search = await callRoute(services, caller, 'clues.list', { q: 'h', size: 200 })
  seen.overview = await callRoute(services, caller, 'overview.get', {})
  return JSON.stringify(seen)
}

const ownViews: readonly RouteName[] = [
  'clues.list',
  'households.list',
  'batches.list',
  'policy.get',
  'accounts.list',
  'exports.list',
  'corrections.list',
  'plans.list',
]

/** Deps of a request, for what is called past the typed routes. */
export const contextFor = (services: Services, caller: Caller) => contextOf(services, caller, origin)
