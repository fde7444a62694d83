import { step } from './step.ts'

/** The main job: builds the web where it is out of date, then serves. */
step('web build', 'node', ['scripts/build-web.ts'])
await import('#server/main.ts')
