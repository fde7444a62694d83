import { expect, it, vi } from 'vitest'
import type { Visit } from '#contract/work/visits.ts'
import type { Draft } from '../work/draft.ts'
import type { ReportItem } from '../work/outbox.ts'

vi.stubGlobal('location', { origin: 'http://shouwang.test' })
const { whatIsGone } = await import('./sync.ts')

const now = new Date('2020-03-10T08:00:00Z')
const visit = (id: string) => ({ id, household: { householdNo: `H-${id}` } }) as Visit
const draft = (id: string) => ({ visit: id, report: `r-${id}`, photos: [{ id: `p-${id}` }] }) as Draft
const item = (id: string, more: Partial<ReportItem>) =>
  ({ id, visit: id, kind: 'report', ...more }) as ReportItem

it('removes what is no longer assigned, but nothing a report on its way is about', () => {
  const gone = whatIsGone({
    known: ['kept', 'gone', 'unsent', 'sent'].map(visit),
    drafts: [draft('kept'), draft('gone')],
    outbox: [
      item('unsent', { state: 'failed', sentAt: null }),
      item('sent', { state: 'sent', sentAt: '2020-03-10T07:00:00Z' }),
      item('old', { state: 'sent', sentAt: '2020-03-01T07:00:00Z' }),
    ],
    assigned: [visit('kept')],
    now,
  })
  expect(gone).toMatchObject({
    visits: ['gone', 'sent'],
    drafts: ['gone'],
    contents: ['p-gone'],
    outbox: ['old'],
    log: [{ kind: 'taken-back', household: 'H-gone' }],
  })
})
