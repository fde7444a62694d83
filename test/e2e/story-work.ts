import { type Browser, expect, type PlaywrightWorkerArgs } from '@playwright/test'
import { type Officer, officer } from './field-work.ts'
import { type Person, writeNewBills } from './settlements.ts'
import { as, base, type Family, households, type Rows } from './story-tools.ts'

/** The people a case goes through, by what they are in it. */
const usernames = {
  village: 'chengguan-cun',
  township: 'chengguan',
  clerk: 'linquan',
  checker: 'linquan-shenhe',
} as const
export type People = Record<keyof typeof usernames, Officer>

export async function signInAll(playwright: PlaywrightWorkerArgs['playwright']): Promise<People> {
  const people: Partial<People> = {}
  for (const [who, username] of Object.entries(usernames))
    people[who as keyof People] = await officer(playwright, base, username)
  return people as People
}

export const signOutAll = (people: People) => Promise.all(Object.values(people).map((one) => one.close()))

interface Member {
  ref: string
  name: string
  age: number
}
const membersOf = async (village: Officer, { ref }: Family) =>
  (await village.get<{ members: Member[] }>(`/api/households/${ref}`)).members

/** The department sends a new file with a bill of the head of the household. */
export async function sendBill(
  browser: Browser,
  village: Officer,
  family: Family,
  { name, stay }: { name: string; stay?: Person['stay'] },
) {
  const page = await as(browser, 'yibao')
  const [head] = await membersOf(village, family)
  const { value } = await village.post<{ value: string }>(`/api/households/${family.ref}/reveal`, {
    ...{ field: 'id-number', person: head?.ref, purpose: 'verify-identity' },
  })
  const person: Person = { name: head?.name ?? '', idNumber: value, ...(stay ? { stay } : {}) }
  const buffer = await writeNewBills(1, 0, { households, person })
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '开始比对' }).click()
  await expect(page.getByText(/新增线索 \d+ 条/)).toBeVisible({ timeout: 60_000 })
  await page.context().close()
}

interface Visit {
  id: string
  version: number
  clues: { id: string }[]
  card: { members: Member[] }
  settlement: { case: string | null } | null
}

/** Sends the village's clerk there to look into these clues. */
export async function sendVillage({ township }: People, { ref }: Family, clues: readonly string[]) {
  const { visitors } = await township.get<{ visitors: { id: string; name: string }[] }>(
    `/api/visits/visitors?household=${ref}`,
  )
  const visitor = visitors.find(({ name }) => name.includes('村信息员'))?.id
  await township.post('/api/visits/assign', { clues, visitor })
}

/** The one visit of the village's clerk that is still to be made there. */
export async function plannedVisit({ village }: People, { ref }: Family): Promise<string> {
  const { rows } = await village.get<Rows<{ id: string; visitor: { mine: boolean } }>>(
    `/api/visits?household=${ref}&state[]=planned&size=50`,
  )
  expect(rows.map(({ visitor }) => visitor.mine)).toEqual([true])
  return rows[0]?.id ?? ''
}

/** All is well but for the clues, which are true; another person decides so. Answers the case that follows. */
export async function visitAndSettle({ village, township }: People, id: string, day: string) {
  const visit = await village.get<Visit>(`/api/visits/${id}`)
  const findings = visit.clues.map(({ id: clue }) => ({ clue, outcome: 'confirm', note: '再次住院' }))
  await village.post(`/api/visits/${id}/report`, {
    ...{ version: visit.version, report: crypto.randomUUID(), findings, photos: [], position: null },
    ...{ startedAt: `${day}T01:00:00Z`, endedAt: `${day}T02:00:00Z`, signatures: [], remark: '' },
    ...{ secondVisitor: '城关街道驻村队员 演示', met: visit.card.members[0]?.ref ?? null },
    items: ['food', 'clothing', 'education', 'medical', 'housing', 'water', 'income'].map((item) => ({
      ...{ item, result: 'good' },
    })),
    ...{ incomePerHeadFen: null, rigidSpendingFen: null },
  })
  const settled = await township.post<Visit>(`/api/visits/${id}/settle`, { decisions: findings })
  return settled.settlement?.case ?? ''
}

const step = (who: Officer, id: string, input: unknown) => who.post(`/api/cases/${id}/step`, { input })

export async function authoriseAndCompare(people: People, id: string, family: Family, day: string) {
  const adults = (await membersOf(people.village, family)).filter(({ age }) => age >= 18)
  const signatories = adults.map(({ ref }) => ref)
  await step(people.village, id, { step: 'authorise', signatories, scopes: ['vehicles'], signedOn: day })
  await step(people.clerk, id, { step: 'compare' })
}

/** The village reviews and hangs the list out; answers the day on which it may come down. */
export async function reviewAndHangOut({ village }: People, id: string, day: string): Promise<string> {
  const held = { heldOn: day, due: 30, present: 26, agreed: 24, minutes: '' }
  await step(village, id, { step: 'review', ...held })
  await step(village, id, { step: 'publicity', from: day, place: '村委会公开栏' })
  const { publicity } = await village.get<{ publicity: { to: string } | null }>(`/api/cases/${id}`)
  return publicity?.to ?? ''
}

export async function auditAndEnter({ village, township, checker }: People, id: string, day: string) {
  const word = { agree: true, opinion: '程序完备，同意', notKin: true }
  await step(township, id, { step: 'township-audit', ...word })
  await step(checker, id, { step: 'county-approval', ...word })
  await step(village, id, { step: 'announce', on: day, place: '村委会公开栏' })
  await step(township, id, { step: 'enter', mark: '' })
}
