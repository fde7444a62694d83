import type { TaskFace } from '#web/ui/task-face.ts'
import { tasks as caseTasks } from './cases/tasks.ts'
import { tasks as clueTasks } from './clues/tasks.ts'
import { tasks as planTasks } from './plans/tasks.ts'
import { tasks as visitTasks } from './visits/tasks.ts'

/** Every kind of work, in the order filters name them; each folder of pages brings its own. */
export const taskFaces: readonly TaskFace[] = [...clueTasks, ...visitTasks, ...caseTasks, ...planTasks]
