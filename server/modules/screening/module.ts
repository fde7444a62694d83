import type { Module } from '#server/manifest/module.ts'
import { packOn } from './active-pack.ts'
import { screeningQuestions } from './leak-questions.ts'
import { policyRoutes } from './policy-routes.ts'
import { screen } from './screen.ts'
import { schema } from './tables.ts'

export const screeningModule = {
  name: 'screening',
  schema,
  routes: { policy: policyRoutes },
  afterMerge: [
    {
      follows: 'screening',
      async run(session, { feed, touched, asOf }, clock) {
        const scope = { touched, feeds: [feed] }
        const { raised } = await screen({ policy: packOn(asOf), clock }, session, { scope, asOf })
        return { newSignals: raised }
      },
    },
  ],
  questions: screeningQuestions,
} satisfies Module
