import type { Module } from '#server/manifest/module.ts'
import { declarationRetention } from './declarations/retention.ts'
import { declarationRoutes } from './declarations/routes.ts'
import { renewDeclarations, startDeclarations, takeUpWaiting } from './declarations/take-up.ts'
import { unmatchedExport } from './declarations/unmatched-export.ts'
import { contactQuestions } from './leak-questions.ts'
import { letterRoutes } from './letters/routes.ts'
import { schema } from './tables.ts'

export const contactModule = {
  name: 'contact',
  schema,
  routes: { declarations: declarationRoutes, letters: letterRoutes },
  retention: { 'declaration-marks': declarationRetention },
  night: [{ key: 'declarations', run: ({ db }, { clock }) => renewDeclarations(db, clock.today()) }],
  afterNight: ({ services, jobs }) => takeUpWaiting(services, jobs),
  start: ({ services, jobs }) => startDeclarations(services, jobs),
  exports: { 'unmatched-declarations': unmatchedExport },
  questions: contactQuestions,
  unwritten: {
    'declarations.countUnmatched': 'a count',
    'declarations.form': 'the name of a village',
    'declarations.places': 'names of places',
  },
} satisfies Module
