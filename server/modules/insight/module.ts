import type { Module } from '#server/manifest/module.ts'
import { insightQuestions } from './leak-questions.ts'
import { overviewRoutes } from './routes.ts'
import { statisticsStream } from './statistics/stream.ts'

export const insightModule = {
  name: 'insight',
  routes: { overview: overviewRoutes },
  streams: { statistics: statisticsStream },
  questions: insightQuestions,
  unwritten: {
    'overview.get': 'counts by area',
  },
} satisfies Module
