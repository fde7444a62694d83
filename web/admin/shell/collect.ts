import * as folders from '../pages.ts'
import type { Brought, Names } from './brought.ts'
import type { TaskFace } from './task-face.ts'

interface Folder {
  routes: unknown
  tasks?: readonly TaskFace[]
  exportNames?: Names
  actionNames?: Names
}

const all: readonly Folder[] = Object.values(folders)

/** What the folders of pages bring, in their order. */
export const brought: Brought = {
  tasks: all.flatMap(({ tasks = [] }) => tasks),
  exportNames: Object.assign({}, ...all.map(({ exportNames }) => exportNames)),
  actionNames: Object.assign({}, ...all.map(({ actionNames }) => actionNames)),
}
