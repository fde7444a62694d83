import { randomUUID } from 'node:crypto'
import type { StepInput } from '#contract/work/cases.ts'

/** What a try is about. */
export interface AttemptPlace {
  day: string
  household: string
  members: readonly string[]
  /** The case that runs, or the one that ended last, or one that never was. */
  id: string
  objection?: string | undefined
  flag?: string | undefined
}

/** The request somebody makes who does a thing: the right way where `good`, with numbers, ticks and words by `n`. */
export function requestOf(
  what: string,
  { good, n }: { good: boolean; n: number },
  { day, household, members, id, objection, flag }: AttemptPlace,
): { path: string; body: Record<string, unknown> } {
  const step = (input: StepInput) => ({ path: `/api/cases/${id}/step`, body: { input } })
  const of = (path: string, body: Record<string, unknown>) => ({ path: `/api/cases/${id}/${path}`, body })
  const opinion = good ? '情况属实' : '不同意'
  const notKin = n % 5 > 0
  switch (what) {
    case 'authorise':
      return step({
        ...{ step: what, signedOn: day, scopes: ['vehicles'] },
        signatories: good ? [...members] : members.slice(0, 1),
      })
    case 'compare':
      return step({ step: what })
    case 'review': {
      const due = 10 + (n % 20)
      const present = good ? due : Math.floor((due * n) / 40)
      const agreed = good ? due : Math.floor((present * n) / 40)
      const meetingOn = n % 11 === 0 ? '2022-06-01' : day
      return step({ step: what, meetingOn, due, present, agreed, minutes: '', notKin })
    }
    case 'publicity':
      return step({ step: what, from: day, place: '公开栏' })
    case 'township-audit':
      return step({ step: what, agree: good || n % 3 > 0, opinion, notKin })
    case 'county-approval':
      return step({
        ...{ step: what, agree: good || n % 3 > 0, opinion, notKin },
        ...(n % 7 > 0 ? { lateReason: '春节封村' } : {}),
      })
    case 'announce':
      return step({ step: what, on: day, place: '公开栏' })
    case 'enter':
      return step({ step: what, mark: '' })
    case 'object':
      return of('objections', { by: '村民', text: '有车' })
    case 'answer':
      return of(`objections/${objection ?? randomUUID()}`, {
        outcome: good ? 'dismissed' : 'upheld',
        finding: '查过',
      })
    case 'drop':
      return of('drop', { reason: '测试' })
    case 'pause':
      return of('pause', { pause: !good, reason: '封村' })
    case 'green':
      return of('green-channel', { reason: '急' })
    case 'explain':
      return of(`flags/${flag ?? randomUUID()}/explain`, { explanation: '残疾代步车' })
    case 'decide':
      return of(`flags/${flag ?? randomUUID()}/decide`, {
        decision: good ? 'accepted' : 'barred',
        reason: '查过',
      })
    case 'resolve':
      return {
        path: '/api/cases/resolutions',
        body: {
          ...{ household, way: good ? 'natural' : 'helped', reason: '整户迁出' },
          ...(n % 5 > 0 ? { grounds: 'moved-away' } : {}),
        },
      }
    default:
      return {
        path: '/api/clues/reports',
        body: { household, cause: 'water', text: '停水', request: randomUUID() },
      }
  }
}
