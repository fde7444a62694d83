import type { Module } from '#server/manifest/module.ts'
import { declarationRetention } from './declarations/retention.ts'
import { declarationRoutes } from './declarations/routes.ts'
import { renewDeclarations, startDeclarations, takeUpWaiting } from './declarations/take-up.ts'
import { contactQuestions } from './leak-questions.ts'
import { letterRoutes } from './letters/routes.ts'

export const contactModule = {
  name: 'contact',
  routes: { declarations: declarationRoutes, letters: letterRoutes },
  retention: { 'declaration-marks': declarationRetention },
  night: [{ key: 'declarations', run: ({ db }, { clock }) => renewDeclarations(db, clock.today()) }],
  afterNight: ({ services, jobs }) => takeUpWaiting(services, jobs),
  start: ({ services, jobs }) => startDeclarations(services, jobs),
  questions: contactQuestions,
} satisfies Module
