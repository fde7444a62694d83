import path from 'node:path'
import { loadPolicyPacks, type PolicyPack, packInForce } from '#server/modules/policy/index.ts'
import type { Rule } from '#server/modules/policy/rules/index.ts'
import { indicatorByName } from './indicators/catalogue.ts'

const folder = path.resolve(import.meta.dirname, '../../../policy')
let packs: readonly PolicyPack[] | undefined

/** Every pack this installation has, earliest first, read once; throws PolicyError with every fault of their files. */
export function policyPacks(): readonly PolicyPack[] {
  packs ??= loadPolicyPacks(folder, indicatorByName)
  return packs
}

/** The pack this installation works by on a day. */
export function packOn(day: string): PolicyPack {
  return packInForce(policyPacks(), day)
}

/** A rule as it was when something was judged by it: the pack of the day may have another version of it, or none. */
export function findRule(
  pack: PolicyPack,
  { rule, ruleVersion }: { rule: string; ruleVersion: number },
): { pack: PolicyPack; rule: Rule } | undefined {
  const found = [pack, ...policyPacks()].flatMap((one) =>
    one.rules.filter(({ id }) => id === rule).map((known) => ({ pack: one, rule: known })),
  )
  return found.find((one) => one.rule.version === ruleVersion) ?? found[0]
}
