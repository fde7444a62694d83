import type { Module } from '#server/manifest/module.ts'
import { fieldQuestions } from './leak-questions.ts'
import { deviceRetention } from './retention.ts'
import { fieldRoutes } from './routes.ts'
import { schema } from './tables.ts'

export const fieldModule = {
  name: 'field',
  schema,
  routes: { field: fieldRoutes },
  retention: { 'revoked-devices': deviceRetention },
  questions: fieldQuestions,
  unwritten: {
    'field.status': 'whether a telephone is to be erased, told without an account',
    'field.devices': 'one’s own telephones',
  },
} satisfies Module
