import type { Role } from '#contract/access/capabilities.ts'
import { county, township } from '#server/manifest/tasks.ts'
import { type Level, levelOf } from '#server/modules/divisions/index.ts'

/** Levels as the database counts them: the rank of a level is its place. */
export const levels: readonly Level[] = ['province', 'city', 'county', 'township', 'village']
export const rankOf = (area: number) => levels.indexOf(levelOf(area))

/** The role that has what lies with a level, where its kind says nothing else. */
export function usualRole(rank: number): Role {
  if (rank === county) return 'clerk'
  return rank === township ? 'township' : 'village'
}
