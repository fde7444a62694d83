import type { Module } from '#server/manifest/module.ts'
import { dueExport } from './due/due-export.ts'
import { followMoves } from './due/follow-moves.ts'
import { visitPart, waitingVisitPart } from './handover.ts'
import { visitsQuestions } from './leak-questions.ts'
import { visitNotices } from './reports/notices.ts'
import { photoPartStream, photoStream } from './reports/photos.ts'
import { photoFiles, photoRetention, unfinishedPhotoRetention, visitTraceRetention } from './retention.ts'
import { visitRoutes } from './routes.ts'
import { schema } from './tables.ts'
import { visitTasks } from './tasks.ts'

export const visitsModule = {
  name: 'visits',
  schema,
  notices: visitNotices,
  routes: { visits: visitRoutes },
  streams: { photoPart: photoPartStream, photo: photoStream },
  tasks: visitTasks,
  handover: [visitPart, waitingVisitPart],
  afterMerge: [
    {
      follows: 'screening',
      async run({ db }) {
        await followMoves(db)
        return {}
      },
    },
  ],
  storedFiles: photoFiles,
  retention: {
    'visit-photos': photoRetention,
    'unfinished-photos': unfinishedPhotoRetention,
    'visit-traces': visitTraceRetention,
  },
  exports: { 'visits-due': dueExport },
  questions: visitsQuestions,
  unwritten: {
    'visits.visitors': 'officers who may be sent, and how much they have',
    'visits.dueSums': 'counts by area',
  },
} satisfies Module
