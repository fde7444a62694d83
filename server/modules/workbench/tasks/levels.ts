import { type Level, levelOf } from '#server/modules/divisions/index.ts'

/** Levels as the database counts them: the rank of a level is its place. */
export const levels: readonly Level[] = ['province', 'city', 'county', 'township', 'village']
export const rankOf = (area: number) => levels.indexOf(levelOf(area))
