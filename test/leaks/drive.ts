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
import { type Asker, sees, type World } from './world.ts'

const origin: RequestOrigin = { address: '127.0.0.1', userAgent: 'leaks', requestId: 'leaks' }

const isServed = (name: RouteName) => {
  const [group = '', route = ''] = name.split('.')
  return route in ((router as Record<string, object>)[group] ?? {})
}

/** Routes that are asked; one that nobody serves is told apart, so that it is not taken for tight. */
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
export async function ask(
  services: Services,
  asker: Asker,
  name: RouteName,
  question: unknown,
): Promise<Answer> {
  const [group = '', route = ''] = name.split('.')
  const client = createRouterClient(router, {
    context: { services, requester: asker, origin },
  }) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
  try {
    return { ok: true, value: await client[group]?.[route]?.(question) }
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error
    return { ok: false, code: error.code, data: error.data }
  }
}

/** References for one asker. */
export function pickerFor(world: World, asker: Asker, random: Random): Picker {
  const split = <T>(list: readonly T[], isOwn: (one: T) => boolean) => ({
    own: list.filter(isOwn),
    foreign: list.filter((one) => !isOwn(one)),
  })
  const byId = new Map(world.households.map((one) => [one.id, one]))
  const seen = (id: number) => {
    const household = byId.get(id)
    return household !== undefined && sees(asker, household)
  }
  const households = split(world.households, (one) => sees(asker, one))
  const persons = split(world.persons, ({ householdId }) => seen(householdId))
  const clues = split(world.clues, ({ householdId }) => seen(householdId))
  const batches = split(world.batches, ({ area }) => isInside(asker, area))
  const accounts = split(world.askers, ({ area }) => isInside(asker, area))
  const places = world.villages.flatMap((code) => [1, 1e3, 1e6].map((span) => Math.floor(code / span) * span))
  // A place above one's own is neither: asking about it shows what of it is one's own.
  const divisions = split(
    places.filter((code) => isInside(asker, code) || !isAbove(asker, code)),
    (code) => isInside(asker, code),
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
          ({ area, userId }) => userId === asker.userId || isInside(asker, area),
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

const isAbove = ({ scope }: Asker, code: number) => {
  const { from, to } = areaScope(code)
  return from <= scope.from && to >= scope.to
}

/** A route that changes things is asked about what is foreign or absent only, so that the world stays as it was filled. */
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
      const asker = random.of(world.askers)
      const name = random.of(routeNames)
      const question = questionOf(name)?.(pickerFor(world, asker, random), whoseFor(name, random))
      const answer = await ask(services, asker, name, question)
      for (const token of find(
        asker,
        question,
        name.startsWith('audit.') ? withoutObjects(answer) : answer,
      )) {
        result.leaks.push({ asker: `${asker.role} of ${asker.area}`, route: name, token })
      }
      if (answer.ok) {
        result.answered += 1
        if (!isAllowed(asker, name))
          result.leaks.push({ asker: asker.role, route: name, token: 'answered without the right' })
      } else {
        result.refused += 1
        if (answer.code === 'INTERNAL_SERVER_ERROR')
          result.faults.push(`${name} ${asker.role} ${JSON.stringify(question)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return result
}

/** The audit of an area names what its accounts tried to reach, wherever that lies: references, no data. */
function withoutObjects(answer: Answer): unknown {
  const named = new Set(['object', 'household', 'detail', 'before', 'after'])
  return JSON.parse(JSON.stringify(answer, (key, value) => (named.has(key) ? undefined : value)))
}

function isAllowed(asker: Asker, name: RouteName): boolean {
  const { capability } = metaOf(name)
  if (capability === 'public' || capability === 'any' || capability === 'half') return true
  return may(asker.role, capability as Parameters<typeof may>[1])
}

/**
 * Asks every route that names something about something foreign and about nothing at all: both must be answered alike, or the
 * difference tells that it exists.
 */
export async function compareForeignWithAbsent(
  services: Services,
  world: World,
  random: Random,
  askers: readonly Asker[],
): Promise<Leak[]> {
  const leaks: Leak[] = []
  for (const asker of askers) {
    for (const name of routeNames) {
      // What was asked a moment ago stands in the audit: it differs from call to call by its nature.
      if (name === 'audit.list') continue
      const seed = random.number(1e9)
      const again = (whose: Whose) => questionOf(name)?.(pickerFor(world, asker, random.again(seed)), whose)
      const foreign = await ask(services, asker, name, again('foreign'))
      const absent = await ask(services, asker, name, again('absent'))
      if (shapeOf(foreign) !== shapeOf(absent)) {
        leaks.push({
          asker: `${asker.role} of ${asker.area}`,
          route: name,
          token: `${shapeOf(foreign)} for ${shapeOf(absent)}`,
        })
      }
    }
  }
  return leaks
}

/** An answer without what differs from call to call: references, codes and instants. */
function shapeOf(answer: Answer): string {
  const text = answer.ok
    ? `ok ${JSON.stringify(answer.value)}`
    : `${answer.code} ${JSON.stringify(answer.data)}`
  return text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replaceAll(/user-\d+-\d+/g, '<account>')
    .replaceAll(/(?<!\d)34\d{10}(?!\d)/g, '<place>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')
    .replaceAll(/neu-\d+|E\d{6}-\d|"requestId":"[^"]*"|"token":"[^"]*"/g, '<new>')
    .slice(0, 200)
}

/** Everything an asker is told about its own area, as one text: it must not depend on what lies outside. */
export async function viewOf(services: Services, asker: Asker): Promise<string> {
  const told: Record<string, unknown> = {}
  for (const name of ownViews) {
    const answer = await ask(services, asker, name, {})
    told[name] = answer
  }
  told.search = await ask(services, asker, 'clues.list', { q: 'h', size: 200 })
  told.overview = await ask(services, asker, 'overview.get', {})
  return JSON.stringify(told)
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

/** Deps of a request, for what is asked past the typed routes. */
export const contextFor = (services: Services, asker: Asker) => contextOf(services, asker, origin)
