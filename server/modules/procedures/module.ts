import type { Module } from '#server/manifest/module.ts'
import { reportRoutes } from './decide-report.ts'
import { caseDocumentStream, publicListStream } from './documents/case-document.ts'
import { caseExport } from './export.ts'
import { waitingCasePart } from './handover.ts'
import { proceduresQuestions } from './leak-questions.ts'
import { caseNotices } from './notices.ts'
import { caseRoutes } from './routes.ts'
import { followMoves } from './steps/follow-moves.ts'
import { schema } from './tables.ts'
import { caseTasks } from './tasks.ts'

export const proceduresModule = {
  name: 'procedures',
  schema,
  notices: caseNotices,
  routes: { cases: caseRoutes, visits: reportRoutes },
  streams: { publicList: publicListStream, caseDocument: caseDocumentStream },
  tasks: caseTasks,
  handover: [waitingCasePart],
  afterMerge: [
    {
      follows: 'screening',
      async run({ db }, { asOf }, clock) {
        await followMoves(db, { asOf, at: clock.now() })
        return {}
      },
    },
  ],
  exports: { cases: caseExport },
  questions: proceduresQuestions,
} satisfies Module
