import type { Module } from '#server/manifest/module.ts'
import { planExport } from './export.ts'
import { measurePart } from './handover.ts'
import { assistanceQuestions } from './leak-questions.ts'
import { followPlans } from './plan/follow.ts'
import { planRoutes } from './routes.ts'
import { schema } from './tables.ts'
import { planTasks } from './tasks.ts'

export const assistanceModule = {
  name: 'assistance',
  schema,
  routes: { plans: planRoutes },
  tasks: planTasks,
  handover: [measurePart],
  night: [{ key: 'plans', run: ({ db }, { clock }) => followPlans(db, clock.today()) }],
  exports: { plans: planExport },
  questions: assistanceQuestions,
} satisfies Module
