import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { barePhoto } from '#test/harness/photo.ts'
import { Client, Refused } from '../client.ts'
import type { Episode, Judgement, Work } from '../work.ts'

const partBytes = 16 * 1024
const photosEach = 2

/** A picture that no other is like: what stands behind its head is drawn from chance. */
function photoOf(bytes: number): Buffer {
  const text = Buffer.alloc(bytes)
  for (let at = 0; at < bytes; at += 36) text.write(randomUUID(), at, 'latin1')
  // The bytes of the scan: after the start of scan anything but a marker may stand.
  return Buffer.concat([barePhoto.subarray(0, -2), text, barePhoto.subarray(-2)])
}

/** A telephone comes back: it takes what is to be visited, hands its report in and sends the photos in parts. */
export const outbox: Work = {
  name: 'outbox',
  async run(episode, pass) {
    const { world, number } = episode
    const phone = new Client(world.net, 'chengguan-cun')
    const visit = await planVisit(episode, number)
    const device = randomUUID()
    await pass(1)
    await phone.post('/api/field/devices', { device, name: 'bench' })
    const { visits } = await phone.get<{ visits: { id: string; version: number }[] }>(
      `/api/field/sync?device=${device}`,
    )
    const mine = visits.find(({ id }) => id === visit)
    if (!mine) throw new Error('the visit did not reach the telephone')
    await pass(2)
    const photos = Array.from({ length: photosEach }, () => ({
      id: randomUUID(),
      bytes: photoOf(3 * partBytes),
    }))
    const report = reportOf(photos.map(({ id }) => id))
    const reporting = phone.post<{ state: string }>(`/api/visits/${visit}/report`, {
      ...{ ...report, id: visit, version: mine.version },
    })
    await Promise.all([reporting, pass(3)])
    for (const [i, { id, bytes }] of photos.entries()) {
      if (i === 1) await pass(4)
      await sendPhoto(phone, visit, id, bytes)
    }
    await pass(5)
    return () => judgeOutbox(episode, visit, report.report, photos, phone)
  },
}

/** Planned by the township while nothing strikes yet; each episode has a household of its own. */
async function planVisit({ world }: Episode, number: number): Promise<string> {
  const township = new Client(world.net, 'chengguan')
  const { rows } = await township.get<{ rows: { ref: string }[] }>('/api/households?size=50')
  const household = rows[number % rows.length]?.ref ?? ''
  const { visitors } = await township.get<{ visitors: { id: string; name: string }[] }>(
    `/api/visits/visitors?household=${household}`,
  )
  const visitor = visitors.find(({ name }) => name.startsWith('城关街道村信息员'))
  const mine = async () =>
    (await township.get<{ rows: { id: string }[] }>(`/api/visits?household=${household}&state[]=planned`))
      .rows[0]?.id
  try {
    const { id } = await township.post<{ id: string }>('/api/visits', {
      ...{ household, purpose: 'routine', visitor: visitor?.id, dueOn: '2020-03-20', reason: '演示' },
    })
    return id
  } catch (error) {
    const found = error instanceof Refused ? await mine() : undefined
    if (found) return found
    throw error
  }
}

function reportOf(photos: readonly string[]) {
  const at = '2020-03-10T09:00:00.000Z'
  return {
    ...{ report: randomUUID(), startedAt: at, endedAt: at, secondVisitor: '演示同行', met: null },
    items: [{ item: 'food', result: 'good', note: '' }],
    ...{ incomePerHeadFen: null, rigidSpendingFen: null, findings: [], remark: '', position: null },
    ...{ photos, signatures: [] },
  }
}

/** From where the server stands, as the telephone does. */
async function sendPhoto(phone: Client, visit: string, id: string, bytes: Buffer): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  let offset = 0
  while (offset < bytes.length) {
    const query = new URLSearchParams({ size: String(bytes.length), offset: String(offset), sha256 })
    try {
      const { received } = await phone.put<{ received: number }>(
        `/api/visits/${visit}/photos/${id}?${query}`,
        bytes.subarray(offset, offset + partBytes),
      )
      offset = received
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'photo-offset')) throw error
      const { photos } = await phone.get<{ photos: { id: string; received: number }[] }>(
        `/api/visits/${visit}`,
      )
      offset = photos.find((photo) => photo.id === id)?.received ?? 0
    }
  }
}

async function judgeOutbox(
  { world }: Episode,
  visit: string,
  report: string,
  photos: readonly { id: string; bytes: Buffer }[],
  phone: Client,
): Promise<Judgement> {
  const lost: string[] = []
  const doubled: string[] = []
  const [found] = await world.query<{ reports: number; entries: number }>(
    `select (select count(*)::int from visit_report where visit_id::text = $1) as reports,
      (select count(*)::int from audit_entry where action = 'visits.report' and object_ref = $1) as entries`,
    [visit],
  )
  if (found?.reports === 0) lost.push(`report ${report}`)
  if ((found?.reports ?? 0) > 1) doubled.push(`report ${report}`)
  if (found?.entries !== 1)
    (found?.entries ? doubled : lost).push(`audit of report ${report}: ${found?.entries}`)
  const { photos: kept } = await phone.get<{ photos: { id: string; size: number; received: number }[] }>(
    `/api/visits/${visit}`,
  )
  if (kept.length > photos.length) doubled.push(`${kept.length} photos`)
  for (const { id, bytes } of photos) {
    const file = await phone.file(`/api/visits/${visit}/photos/${id}`).catch(() => Buffer.alloc(0))
    if (!file.equals(bytes)) lost.push(`photo ${id}: ${file.length} of ${bytes.length} bytes`)
  }
  return { lost, doubled }
}

/** People of the township report households in trouble, one after the other, while the fault lasts. */
export const reports: Work = {
  name: 'reports',
  async run({ world, number, isOver }, pass) {
    const township = new Client(world.net, 'chengguan')
    const { rows } = await township.get<{ rows: { ref: string }[] }>('/api/households?size=50')
    const sent: string[] = []
    const [before] = await world.query<{ id: number }>(
      'select coalesce(max(id), 0)::int as id from audit_entry',
    )
    const causes = ['illness', 'schooling', 'water', 'housing', 'disaster']
    for (let i = 0; i < 5 || (!isOver() && i < 400); i++) {
      const request = randomUUID()
      const reporting = township.post('/api/clues/reports', {
        ...{ household: rows[(number + i) % rows.length]?.ref, cause: causes[i % causes.length] },
        ...{ text: `演示 ${request}`, request },
      })
      await Promise.all([reporting, i < 5 ? pass(i + 1) : undefined])
      sent.push(request)
      await delay(50)
    }
    return async () => {
      const found = await world.query<{ request: string; n: number }>(
        'select request::text, count(*)::int as n from clue_report where request = any($1::uuid[]) group by 1',
        [sent],
      )
      const known = new Map(found.map(({ request, n }) => [request, n]))
      // Of this round alone: the demonstration's own past has reports too.
      const [entries] = await world.query<{ n: number }>(
        "select count(*)::int as n from audit_entry where action = 'clues.report' and id > $1",
        [before?.id],
      )
      const written = entries?.n ?? 0
      const all = sent.length
      return {
        lost: [
          ...sent.filter((request) => !known.has(request)).map((request) => `report ${request}`),
          ...(written < all ? [`${written} audit entries of ${all} reports`] : []),
        ],
        doubled: [
          ...sent.filter((request) => (known.get(request) ?? 0) > 1).map((request) => `report ${request}`),
          ...(written > all ? [`${written} audit entries of ${all} reports`] : []),
        ],
      }
    }
  },
}
