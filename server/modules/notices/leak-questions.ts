import { leftAlone, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const noticeQuestions = {
  'notices.list': () => undefined,
  'notices.unread': () => undefined,
  'notices.read': leftAlone('changes the asker’s own mark'),
} as const satisfies Questions
