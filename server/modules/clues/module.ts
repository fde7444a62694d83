import type { Module } from '#server/manifest/module.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { reportComplaints } from './arrivals/complaints.ts'
import { mergeSignals } from './arrivals/merge-signals.ts'
import { waitingCluePart } from './handover.ts'
import { cluesQuestions } from './leak-questions.ts'
import { clueExport } from './list/clue-list.ts'
import { clueNotices } from './notices.ts'
import { clueRoutes } from './routes.ts'
import { schema } from './tables.ts'
import { clueTasks } from './tasks.ts'
import { recheckSolved } from './work/recheck-solved.ts'
import { clueProjections, followSpells } from './writing/index.ts'

export const cluesModule = {
  name: 'clues',
  schema,
  notices: clueNotices,
  routes: { clues: clueRoutes },
  exports: { clues: clueExport },
  tasks: clueTasks,
  handover: [waitingCluePart],
  afterMerge: [
    {
      follows: 'screening',
      async run(session, { asOf }, clock) {
        const { opened, reopened } = await mergeSignals({ policy: packOn(asOf), clock }, session, asOf)
        return { newClues: opened + reopened }
      },
    },
    {
      follows: 'reports',
      async run(session, { batchId, asOf }, clock) {
        const { opened } = await reportComplaints(session, { batchId, today: asOf, now: clock.now() })
        return { newClues: opened }
      },
    },
  ],
  projections: clueProjections,
  followSpells,
  night: [{ key: 'rechecked', run: ({ db }, { clock }) => recheckSolved(db, clock.today(), clock.now()) }],
  questions: cluesQuestions,
} satisfies Module
