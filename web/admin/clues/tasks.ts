import type { TaskFace } from '../shell/task-face.ts'
import { dispatchWords } from './locales/tasks.ts'

export const tasks: readonly TaskFace[] = [
  { kind: 'dispatch', words: dispatchWords, placeOf: ({ subject }) => `/clues/${subject}` },
]
