import type { Module } from '#server/manifest/module.ts'
import { correctionExport } from './corrections/correction-export.ts'
import { correctionPart } from './corrections/handover.ts'
import { keyRoutes } from './keys/key-routes.ts'
import { rightsQuestions } from './leak-questions.ts'
import { correctionRoutes, ownLetterRoutes, ownRecordRoutes } from './own-record/routes.ts'
import { startRetention } from './retention/job.ts'
import { retentionRoutes } from './retention/routes.ts'
import { breakGlassExport } from './secrets/break-glass-export.ts'
import { breakGlassRoutes, secretRoutes } from './secrets/routes.ts'
import { schema } from './tables.ts'

export const rightsModule = {
  name: 'rights',
  schema,
  routes: {
    keys: keyRoutes,
    secrets: secretRoutes,
    breakGlass: breakGlassRoutes,
    ownRecord: ownRecordRoutes,
    corrections: correctionRoutes,
    retention: retentionRoutes,
    letters: ownLetterRoutes,
  },
  handover: [correctionPart],
  start: ({ services, jobs }) => startRetention(services, jobs),
  exports: { corrections: correctionExport, 'break-glass': breakGlassExport },
  questions: rightsQuestions,
  unwritten: {
    'breakGlass.list':
      'one’s own openings; to the security administrator those of the area, with masked names, at every page',
    'keys.list': 'numbers and states of keys, never keys',
    'retention.get': 'counts',
  },
} satisfies Module
