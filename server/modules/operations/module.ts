import type { Module } from '#server/manifest/module.ts'
import { countSlowStatements } from '#server/platform/watch/slow-statements.ts'
import { operationsQuestions } from './leak-questions.ts'
import { operationsRoutes } from './routes.ts'

export const operationsModule = {
  name: 'operations',
  routes: { operations: operationsRoutes },
  questions: operationsQuestions,
  unwritten: {
    'operations.get': 'how the installation is, nothing of people',
  },
  async start({ services }) {
    countSlowStatements(services.log)
  },
} satisfies Module
