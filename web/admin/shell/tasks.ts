import * as folders from '../pages.ts'
import type { TaskFace } from './task-face.ts'

/** Every kind of work, in the order of the folders of pages that bring them. */
export const taskFaces: readonly TaskFace[] = Object.values(folders).flatMap((folder): readonly TaskFace[] =>
  'tasks' in folder ? folder.tasks : [],
)
