import type { TaskFace } from '../shell/task-face.ts'
import { decideWords, visitWords } from './locales/tasks.ts'

const placeOf: TaskFace['placeOf'] = ({ subject }) => `/visits/${subject}`

export const tasks: readonly TaskFace[] = [
  { kind: 'visit', words: visitWords, placeOf },
  { kind: 'decide', words: decideWords, placeOf },
]
