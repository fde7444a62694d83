import { hash } from 'node:crypto'
import type { RetentionRule } from '#contract/protection/retention.ts'
import type { RetentionRoles } from '#server/manifest/retention.ts'
import { type PolicyPack, type RetentionRule as Rule, sourceOf } from '#server/modules/policy/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { partOf } from './parts.ts'

export interface DueRule extends RetentionRule {
  /** Everything older is due; null for what is kept for good. */
  before: Date | null
}

/** What a run of a day would take by each rule of the policy, and a digest of exactly this. */
export async function reportRetention(
  roles: RetentionRoles,
  asOf: string,
): Promise<{ rules: DueRule[]; digest: string }> {
  const rules: DueRule[] = []
  const pack = packOn(asOf)
  for (const rule of pack.retention) rules.push(await lookUp(roles, pack, rule, asOf))
  const counted = rules.map(({ key, months, action, due, oldest }) => [key, months, action, due, oldest])
  return { rules, digest: hash('sm3', JSON.stringify([asOf, ...counted])) }
}

async function lookUp(roles: RetentionRoles, pack: PolicyPack, rule: Rule, asOf: string): Promise<DueRule> {
  const { key, title, months, action, why } = rule
  const before = months === null ? null : monthsBefore(asOf, months)
  const part = action === 'keep' ? null : partOf(key)
  const found = part && before ? await part.findDue(roles[part.role].db, before) : { due: 0, oldest: null }
  return { ...{ key, title, months, action, why, before }, source: sourceOf(pack, rule), ...found }
}

/** The beginning of the day so many months earlier, in China; of a month without that day its last. */
export function monthsBefore(day: string, months: number): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  const at = new Date(Date.UTC(year, month - 1 - months, Math.min(date, last)))
  return new Date(`${at.toISOString().slice(0, 10)}T00:00:00+08:00`)
}
