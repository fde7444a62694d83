import { hash } from 'node:crypto'
import { addMonths, instantOf } from '#contract/days.ts'
import type { RetentionRule } from '#contract/protection/retention.ts'
import type { RetentionKey, RetentionParts, RetentionRoles } from '#server/manifest/retention.ts'
import { type PolicyPack, type RetentionRule as Rule, sourceOf } from '#server/modules/policy/index.ts'
import { packOn } from '#server/modules/screening/index.ts'

export interface DueRule extends RetentionRule {
  /** Everything older is due; null for what is kept for good. */
  before: Date | null
}

export interface ReportDeps {
  roles: RetentionRoles
  retention: RetentionParts
}

/** What a run of a day would take by each rule of the policy, and a digest of exactly this. */
export async function reportRetention(
  deps: ReportDeps,
  asOf: string,
): Promise<{ rules: DueRule[]; digest: string }> {
  const rules: DueRule[] = []
  const pack = packOn(asOf)
  for (const rule of pack.retention) rules.push(await lookUp(deps, pack, rule, asOf))
  const counted = rules.map(({ key, months, action, due, oldest }) => [key, months, action, due, oldest])
  return { rules, digest: hash('sm3', JSON.stringify([asOf, ...counted])) }
}

async function lookUp(
  { roles, retention }: ReportDeps,
  pack: PolicyPack,
  rule: Rule,
  asOf: string,
): Promise<DueRule> {
  const { key, title, months, action, why } = rule
  const before = months === null ? null : instantOf(addMonths(asOf, -months))
  const part = action === 'keep' ? null : retention[key as RetentionKey]
  const found = part && before ? await part.findDue(roles[part.role].db, before) : { due: 0, oldest: null }
  return { ...{ key, title, months, action, why, before }, source: sourceOf(pack, rule), ...found }
}
