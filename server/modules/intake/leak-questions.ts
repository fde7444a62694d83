import type { Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const intakeQuestions = {
  'feeds.list': () => undefined,
  'batches.create': (pick, whose) => ({
    upload: pick.batch('absent'),
    feed: 'medical-settlement',
    area: pick.division(whose),
    corrects: pick.batch(whose),
  }),
  'batches.list': (pick) => ({ size: 1 + pick.number(100) }),
  'batches.get': (pick, whose) => ({ ref: pick.batch(whose) }),
  'batches.release': (pick, whose) => ({ ref: pick.batch(whose), reason: '试' }),
  'batches.refuse': (pick, whose) => ({ ref: pick.batch(whose), reason: '试' }),
  'batches.rejects': (pick, whose) => ({ ref: pick.batch(whose) }),
  'batches.reviews': (pick, whose) => ({ ref: pick.batch(whose) }),
  'batches.review': (pick, whose) => ({ ref: pick.batch(whose), rowNos: [1], decision: 'declined' }),
} as const satisfies Questions
