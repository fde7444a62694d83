import type { DatabaseRole } from '../roles.ts'
import type { Recipe } from './policies.ts'

/**
 * Where a table lies when a database has several machines. household: with its county, which is in every key; shared: the same
 * everywhere, small enough to be copied, and what others may refer to; local: at the one machine that answers, referred to by none.
 */
export type TableLevel = 'household' | 'shared' | 'local'

/** What a module says of a table it owns, beside the columns that stand in its migration. */
export interface Table extends Partial<Record<DatabaseRole, string>> {
  level: TableLevel
  /** Which rows requests see; none where left out. `app`, `work` and `auth` are the rights of the roles, as `grant` writes them. */
  seen?: Recipe
  /** Which rows requests may add, where it is not those they see. */
  adds?: Recipe
  /** Its rows carry the village of their household and go with it when it moves: found by `household_id`, or through a table that is. */
  follows?: 'household' | { through: string; by: string; key: string }
}

export type Tables = Readonly<Record<string, Table>>

/** What a module brings to the database. */
export interface SchemaPart {
  tables: Tables
  /** Those of them that are made from definitions, where they are missing: table → statements. */
  made?: Readonly<Record<string, string>>
  /** Which rule of the retention policy speaks of which of its tables; `nobody`: those that are about nobody. */
  kept: Readonly<Record<string, readonly string[]>>
  /** Columns (`measure.made_by`) that name an account whose work does not move with a handover, and why. */
  stays?: Readonly<Record<string, string>>
  /** Functions that not everybody may call: signature → roles that may. */
  functions?: Readonly<Record<string, readonly DatabaseRole[]>>
  /** Views, which work with their owner's rights: name → roles that may read them. */
  views?: Readonly<Record<string, readonly DatabaseRole[]>>
}

/** A part with the module it belongs to: who alone writes its tables, and whose folder of migrations makes them. */
export type OwnedSchema = SchemaPart & { owner: string }

/** What the work may do with most tables; nothing is deleted there but by the retention policy. */
export const everything = 'select, insert, update, delete, truncate, references, maintain'
export const append = 'select, insert'
export const change = 'select, insert, update'
/** Rows are added, and of those there only these columns change: what they are about stays as it was written. */
export const changeOnly = (...columns: string[]): string => `select, insert, update (${columns.join(', ')})`

/** Why a column that names an account stays as it is when that account's work is handed over. */
export const recordsWho = 'records who did what, for good'
