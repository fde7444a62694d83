import type { Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const fieldQuestions = {
  'field.register': (pick) => ({ device: pick.made('field-device', 'absent'), name: '试' }),
  'field.status': (pick, whose) => ({ device: pick.made('field-device', whose), token: 'x' }),
  'field.devices': () => undefined,
  'field.revoke': (pick, whose) => ({
    device: pick.made('field-device', whose === 'own' ? 'absent' : whose),
  }),
  'field.sync': (pick, whose) => ({ device: pick.made('field-device', whose) }),
} as const satisfies Questions
