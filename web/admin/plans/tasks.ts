import type { TaskFace } from '../shell/task-face.ts'
import { planWords } from './locales/tasks.ts'

export const tasks: readonly TaskFace[] = [
  { kind: 'plan', words: planWords, placeOf: ({ household }) => `/households/${household.ref}` },
]
