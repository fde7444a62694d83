import type { TaskFace } from '../shell/task-face.ts'
import { caseWords } from './locales/tasks.ts'

export const tasks: readonly TaskFace[] = [
  { kind: 'case', words: caseWords, placeOf: ({ subject }) => `/cases/${subject}` },
]
