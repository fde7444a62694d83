import { feeds } from '#server/modules/feeds/index.ts'
import { resolveForCounties } from '#server/modules/policy/index.ts'
import { compileRules, packOn } from '#server/modules/screening/index.ts'

/** What texts are made of that the code itself does not say: each stands for all of its type, by the type's name. */
export function exampleValues(): Map<string, readonly unknown[]> {
  const pack = packOn('2020-03-10')
  const values = resolveForCounties(pack, '2020-03-10', [341_221, 341_321])
  return new Map<string, readonly unknown[]>([
    ['FeedDefinition', feeds],
    ['PolicyPack', [pack]],
    ['CompiledRules', [compileRules(pack.rules, values)]],
  ])
}
