import type { Module } from '#server/manifest/module.ts'
import { noticeQuestions } from './leak-questions.ts'
import { noticeRoutes } from './routes.ts'
import { schema } from './tables.ts'

export const noticesModule = {
  name: 'notices',
  schema,
  routes: { notices: noticeRoutes },
  questions: noticeQuestions,
  unwritten: {
    'notices.unread': 'a count of one’s own notices, requested by the page itself',
    'notices.read': 'how far an account has read, of interest to nobody else',
  },
} satisfies Module
