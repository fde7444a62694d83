import { type APIRequestContext, expect, type PlaywrightWorkerArgs } from '@playwright/test'
import { cookiesOf, isSignedIn, rememberRequest } from './sessions.ts'

/** What a test asks of the server beside the browser: as an officer with the demonstration's account, through the API. */
export interface Officer {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  /** The bytes of a file. */
  file(path: string): Promise<Buffer>
  close(): Promise<void>
}

interface Account {
  username: string
  password: string
  secondFactorCode: string | null
}

interface Household {
  ref: string
  householdNo: string
  headName: string
  village: { code: number }
}

/** Signs in as the demonstration's page does. */
export async function officer(
  playwright: PlaywrightWorkerArgs['playwright'],
  base: string,
  username: string,
): Promise<Officer> {
  const { origin } = new URL(base)
  const request = await playwright.request.newContext({
    ...{ baseURL: base, extraHTTPHeaders: { origin: base } },
    storageState: { cookies: cookiesOf(origin, username), origins: [] },
  })
  if (!(await isSignedIn(request))) {
    await enter(request, username)
    await rememberRequest(request, origin, username)
  }
  return {
    get: <T>(path: string) => json(request, 'get', path) as Promise<T>,
    post: <T>(path: string, body: unknown) => json(request, 'post', path, body) as Promise<T>,
    file: async (path) => {
      const answer = await request.get(path)
      expect(answer.ok(), path).toBe(true)
      return answer.body()
    },
    close: () => request.dispose(),
  }
}

async function enter(request: APIRequestContext, username: string) {
  // Where too many came from this address within a minute, one tries again.
  await expect(async () => {
    const { accounts } = (await json(request, 'get', '/api/demo-accounts')) as { accounts: Account[] }
    const account = accounts.find((one) => one.username === username)
    const { twoFactorRedirect } = (await json(request, 'post', '/api/auth/sign-in/username', {
      username,
      password: account?.password,
    })) as { twoFactorRedirect?: boolean }
    if (twoFactorRedirect)
      await json(request, 'post', '/api/auth/two-factor/verify-totp', { code: account?.secondFactorCode })
  }).toPass({ intervals: [3000] })
}

async function json(request: APIRequestContext, method: 'get' | 'post', path: string, data?: unknown) {
  const answer = await request[method](path, data === undefined ? {} : { data })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  const text = await answer.text()
  return text === '' ? undefined : (JSON.parse(text) as unknown)
}

/** Opens a clue about a household nobody is sent to yet, and sends somebody of that role there. */
export async function sendSomebody(
  as: Officer,
  role: string,
): Promise<{ clue: string; visit: string; visitor: string; household: Household }> {
  for (const household of await idleHouseholds(as)) {
    const clue = await reportClue(as, household.ref)
    const { visitors } = await as.get<{ visitors: { id: string; role: string }[] }>(
      `/api/visits/visitors?clue=${clue}`,
    )
    const visitor = visitors.find((one) => one.role === role)?.id
    if (visitor === undefined) continue
    await assign(as, [clue], visitor)
    const { visit } = await as.get<{ visit: string }>(`/api/clues/${clue}`)
    return { clue, visit, visitor, household }
  }
  throw new Error(`no household for a ${role}`)
}

/** A worry about a household, which makes a clue or joins the open one. */
async function reportClue(as: Officer, household: string): Promise<string> {
  const { clue } = await as.post<{ clue: string }>('/api/clues/reports', {
    ...{ household, cause: 'water', text: '井水发黄', request: crypto.randomUUID() },
  })
  return clue
}

export function assign(as: Officer, clues: readonly string[], visitor: string) {
  return as.post('/api/visits/assign', { clues, visitor, reason: '走访试验' })
}

/** Sends a person who was given households to all of them, each with a clue, in one go; answers the visits. */
export async function sendToHelped(as: Officer, helper: Officer, name: string): Promise<string[]> {
  const { rows: own } = await helper.get<{ rows: Household[] }>('/api/households?size=200')
  const { rows: running } = await as.get<{ rows: { id: string; household: Household }[] }>(
    '/api/visits?size=200&state=planned&state=reported',
  )
  const refs = new Set(own.map(({ ref }) => ref))
  for (const { id, household } of running) if (refs.has(household.ref)) await endVisit(as, id)
  const clues: string[] = []
  for (const { ref } of own) clues.push(await reportClue(as, ref))
  const { visitors } = await as.get<{ visitors: { id: string; name: string }[] }>(
    `/api/visits/visitors?clue=${clues[0]}`,
  )
  await assign(as, clues, visitors.find((one) => one.name === name)?.id ?? '')
  const { rows } = await helper.get<{ rows: { id: string }[] }>(
    '/api/visits?mine=true&state[]=planned&size=200',
  )
  return rows.map(({ id }) => id)
}

/** Ends a visit in whatever state it is, so that the next test finds its household idle. */
export async function endVisit(as: Officer, id: string): Promise<void> {
  const visit = await as.get<{
    state: string
    report: { findings: { clue: string }[] } | null
  }>(`/api/visits/${id}`)
  if (visit.state === 'planned') await as.post(`/api/visits/${id}/cancel`, { reason: '走访试验完毕' })
  if (visit.state !== 'reported') return
  const decisions = (visit.report?.findings ?? []).map(({ clue }) => ({
    ...{ clue, outcome: 'exclude', reason: 'fact-wrong', note: '走访试验' },
  }))
  await as.post(`/api/visits/${id}/decide`, { decisions })
}

/** Households of the officer's area to which nobody is sent. */
async function idleHouseholds(as: Officer): Promise<Household[]> {
  const [{ rows }, visits] = await Promise.all([
    as.get<{ rows: Household[] }>('/api/households?size=200'),
    as.get<{ rows: { household: Household }[] }>('/api/visits?size=200&state=planned&state=reported'),
  ])
  const busy = new Set(visits.rows.map(({ household }) => household.ref))
  // The village's people work in one of the township's villages; theirs come first.
  return rows.filter(({ ref }) => !busy.has(ref)).toSorted((a, b) => a.village.code - b.village.code)
}
