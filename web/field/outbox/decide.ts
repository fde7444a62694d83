import type { Visit } from '#contract/work/visits.ts'
import { applyChange, type LogEntry, listRows } from '../device/store.ts'
import { send } from '../sync/sender.ts'
import { backToForm } from '../visit/hand-in.ts'
import { fitsVisit } from '../work/draft.ts'
import { isUnsent, type OutboxItem, type PhotoItem, type ReportItem } from '../work/outbox.ts'

/** Photos of a report that are still here. */
async function photosOf(key: CryptoKey, visit: string): Promise<PhotoItem[]> {
  const items = await listRows(key, 'outbox')
  return items.filter((item) => item.kind === 'photo').filter((item) => item.visit === visit)
}

/** Sends mine for the visit as it is now; answers whether it first has to be completed in the form. */
export async function sendMine(
  key: CryptoKey,
  item: ReportItem,
  present: Visit,
): Promise<'sent' | 'to-complete'> {
  if (item.report && !fitsVisit(item.report, present)) {
    const photos = (await photosOf(key, item.visit))
      .filter(isUnsent)
      .map(({ id, size, sha256 }) => ({ id, size, sha256 }))
    await backToForm(key, item, present, photos)
    return 'to-complete'
  }
  const again: ReportItem = {
    ...item,
    ...{ state: 'waiting', version: present.version, present: null, reason: null, attempts: 0, nextAt: 0 },
  }
  await applyChange(key, { put: { outbox: [[again.id, again]], visits: [[present.id, present]] } })
  void send()
  return 'sent'
}

/** Gives an item up for good; a report takes its unsent photos along. The reason stays in the log. */
export async function dropItem(key: CryptoKey, item: OutboxItem, reason: string): Promise<void> {
  const photos = item.kind === 'photo' ? [item] : (await photosOf(key, item.visit)).filter(isUnsent)
  const entry: LogEntry = {
    id: crypto.randomUUID(),
    at: new Date().toISOString(),
    kind: 'dropped',
    household: item.household,
    reason,
  }
  await applyChange(key, {
    put: { log: [[entry.id, entry]] },
    remove: {
      outbox: [item.id, ...photos.map(({ id }) => id)],
      contents: photos.map(({ id }) => id),
      // The next exchange brings it back where it is still assigned.
      visits: item.kind === 'report' ? [item.visit] : [],
    },
  })
}
