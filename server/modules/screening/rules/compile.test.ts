import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resolveForCounties } from '#server/modules/policy/index.ts'
import { loadPolicyPack } from '#server/modules/policy/packs/load.ts'
import type { Verdict } from '#server/modules/policy/rules/evaluate.ts'
import { type Condition, evaluateRule, type Figures, type Rule } from '#server/modules/policy/rules/index.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { type Indicator, indicatorByName, indicators } from '../indicators/catalogue.ts'
import { compileRules } from './compile.ts'
import { countsSql, hitsSql } from './verdicts.ts'

const pack = loadPolicyPack('policy/anhui-2020', indicatorByName)
const county = 341_221
const values = resolveForCounties(pack, '2020-03-10', [county])

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

interface Household {
  county: number
  householdId: number
  figures: Figures
}

/** What the set-based SQL says about each household and rule, in the reference's words. */
async function judgeInSql(rules: readonly Rule[], households: readonly Household[], figures = values) {
  const rows = households.map((one) => ({
    county: one.county,
    household_id: one.householdId,
    village: one.county * 1e6,
    ...Object.fromEntries(indicators.map(({ column, name }) => [column, one.figures[name]])),
  }))
  const source = `jsonb_populate_recordset(null::indicator, '${JSON.stringify(rows)}')`
  const compiled = compileRules(rules, figures, source)
  const judged = `(${compiled.sql})`
  const { rows: hits } = await sql<{ householdId: number; rule: string; caseNo: number }>`
    ${sql.raw(hitsSql(compiled, judged))}`.execute(t.database.db)
  const { rows: counts } = await sql<{ county: number; rule: string; hits: number; cannotJudge: number }>`
    ${sql.raw(countsSql(compiled, judged))}`.execute(t.database.db)
  return { hits, counts }
}

/** Compares hits household by household, and cannot-judge by county and rule. */
async function expectAgreement(rules: readonly Rule[], households: readonly Household[], figures = values) {
  const { hits, counts } = await judgeInSql(rules, households, figures)
  const wantedHits: string[] = []
  const wantedCounts = new Map<string, [number, number]>()
  for (const one of households)
    for (const rule of rules) {
      const own = new Map([...figures.uniform, ...(figures.varying.get(one.county) ?? [])])
      const verdict: Verdict = evaluateRule(rule, own, one.figures)
      const key = `${one.county} ${rule.id}`
      const [hit, unknown] = wantedCounts.get(key) ?? [0, 0]
      if (verdict.outcome === 'hit') {
        wantedHits.push(`${one.householdId} ${rule.id} ${verdict.case}`)
        wantedCounts.set(key, [hit + 1, unknown])
      }
      if (verdict.outcome === 'cannot-judge') wantedCounts.set(key, [hit, unknown + 1])
    }
  expect(hits.map((hit) => `${hit.householdId} ${hit.rule} ${hit.caseNo}`).toSorted()).toEqual(
    wantedHits.toSorted(),
  )
  expect(new Map(counts.map((one) => [`${one.county} ${one.rule}`, [one.hits, one.cannotJudge]]))).toEqual(
    wantedCounts,
  )
}

const figure = (indicator: Indicator): fc.Arbitrary<number | boolean | null> => {
  if (indicator.unit === 'bool')
    return indicator.feeds.length === 0 ? fc.boolean() : fc.option(fc.boolean(), { freq: 4 })
  // Around every threshold of the pack, so that both sides and the border itself come up.
  const near = [...values.uniform.values()].flatMap((limit) => [limit - 1, limit, limit + 1])
  const most = indicator.sqlType === 'smallint' ? 400 : 3_000_000
  const number = fc.oneof(
    fc.constantFrom(0, 1, 2, 3, 4),
    fc.constantFrom(...near.filter((limit) => limit >= 0 && limit <= most)),
    fc.integer({ min: 0, max: most }),
  )
  return indicator.feeds.length === 0 ? number : fc.option(number, { freq: 4 })
}
const figures = fc.record(Object.fromEntries(indicators.map((one) => [one.name, figure(one)])))
const households = (counties: readonly number[]) =>
  fc
    .array(fc.record({ county: fc.constantFrom(...counties), figures }), { minLength: 1, maxLength: 40 })
    .map((list) => list.map((one, i) => ({ ...one, householdId: i + 1 })))

describe('compiled rules', () => {
  test('every example of every rule comes out in SQL as it says', async () => {
    const always = Object.fromEntries(indicators.map((one) => [one.name, one.feeds.length === 0 ? 0 : null]))
    const yesNo = Object.fromEntries(
      indicators.filter(({ unit }) => unit === 'bool').map(({ name }) => [name, false]),
    )
    for (const rule of pack.rules) {
      const examples = rule.examples.map(({ indicators: own }, i) => ({
        county,
        householdId: i + 1,
        figures: { ...always, ...yesNo, ...own },
      }))
      const { hits, counts } = await judgeInSql([rule], examples)
      const levels = new Map(hits.map((hit) => [hit.householdId, rule.cases[hit.caseNo - 1]?.level]))
      const wanted = rule.examples.map(({ expect: outcome }) =>
        outcome === 'miss' || outcome === 'cannot-judge' ? undefined : outcome,
      )
      expect([rule.id, ...wanted.map((_, i) => levels.get(i + 1))]).toEqual([rule.id, ...wanted])
      const unknown = rule.examples.filter((example) => example.expect === 'cannot-judge').length
      expect([rule.id, counts[0]?.cannotJudge]).toEqual([rule.id, unknown])
    }
  })

  test('agree with the reference on random households', async () => {
    await fc.assert(
      fc.asyncProperty(households([county]), (list) => expectAgreement(pack.rules, list)),
      { numRuns: 60 },
    )
  })

  test('agree where counties have figures of their own', async () => {
    const two = {
      uniform: new Map(
        [...values.uniform].filter(([key]) => key !== 'monitoringLine' && key !== 'watchLine'),
      ),
      unset: new Set<string>(),
      varying: new Map([
        [
          341_221,
          new Map([
            ['monitoringLine', 540_000],
            ['watchLine', 648_000],
          ]),
        ],
        [
          340_828,
          new Map([
            ['monitoringLine', 400_000],
            ['watchLine', 480_000],
          ]),
        ],
      ]),
    }
    await fc.assert(
      fc.asyncProperty(households([341_221, 340_828]), (list) => expectAgreement(pack.rules, list, two)),
      { numRuns: 30 },
    )
  })

  test('agree on random conditions, more rules than one word holds', async () => {
    const rule = pack.rules[0]
    if (!rule) throw new Error('no rules')
    const rules = fc
      .array(fc.array(condition, { minLength: 1, maxLength: 3 }), { minLength: 16, maxLength: 20 })
      .map((list) =>
        list.map((cases, i) => ({
          ...rule,
          id: `X${i}`,
          cases: cases.map((when) => ({ ...rule.cases[0], when }) as Rule['cases'][number]),
        })),
      )
    await fc.assert(
      fc.asyncProperty(rules, households([county]), (some, list) => expectAgreement(some, list)),
      { numRuns: 40 },
    )
  })

  test('golden SQL', () => {
    const some = pack.rules.filter(({ id }) => ['R10', 'R17'].includes(id))
    expect(compileRules(some, values).sql).toMatchInlineSnapshot(`
      "select county, verdict_1, count(*) as households, array_agg(household_id) filter (where (verdict_1 & 538030035483195255) <> 0) as household_ids
      from (
        select i.county, i.household_id,
          case when i.dwelling_grade = 4 then cast(1 as bigint) when i.dwelling_grade = 3 then cast(2 as bigint) when i.dwelling_grade is not null then cast(0 as bigint) when (i.dwelling_grade = 4 or i.dwelling_grade = 3) is null then cast(8 as bigint) else cast(0 as bigint) end
          + case when (i.assistance_stopped_members >= 1 and i.net_income_per_head_fen <= 500000) then cast(16 as bigint) when i.assistance_stopped_members is not null and i.net_income_per_head_fen is not null then cast(0 as bigint) when ((i.assistance_stopped_members >= 1 and i.net_income_per_head_fen <= 500000)) is null then cast(128 as bigint) else cast(0 as bigint) end as verdict_1
        from indicator i
        where (i.dwelling_grade = 4 or i.dwelling_grade = 3 or (i.assistance_stopped_members >= 1 and i.net_income_per_head_fen <= 500000)) is not false
      ) judged
      group by county, verdict_1"
    `)
  })

  test('refuse what they do not understand', () => {
    const rule = pack.rules[0]
    const [first] = rule?.cases ?? []
    if (!rule || !first) throw new Error('no rules')
    const compileWith = (when: unknown) =>
      compileRules([{ ...rule, cases: [{ ...first, when: when as Condition }] }], values)
    const compare = { kind: 'compare', indicator: 'netIncome', operator: '<' }
    const one = { kind: 'value', value: 1 }
    for (const [when, reason] of [
      [{ kind: 'all', of: [] }, /empty group/],
      [{ kind: 'none', of: [] }, /not understood/],
      [{ ...compare, indicator: 'wealth', operand: one }, /no indicator wealth/],
      [{ ...compare, operand: { kind: 'parameter', parameter: 'nowhere' } }, /no parameter/],
      [{ ...compare, operand: { kind: 'sql', sql: 'true' } }, /not understood/],
      [{ ...compare, operand: { kind: 'value', value: 1.5 } }, /not a whole number/],
      [{ ...compare, operator: 'like', operand: one }, /operator/],
    ] as const)
      expect(() => compileWith(when)).toThrow(reason)
    expect(() => compileRules([], values)).toThrow(/no rules/)
  })
})

const numeric = indicators.filter(({ unit }) => unit !== 'bool').map(({ name }) => name)
const yesNo = indicators.filter(({ unit }) => unit === 'bool').map(({ name }) => name)
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      kind: fc.constant('compare' as const),
      indicator: fc.constantFrom(...numeric),
      operator: fc.constantFrom('<', '<=', '=', '!=', '>=', '>'),
      operand: fc.oneof(
        fc.record({ kind: fc.constant('value' as const), value: fc.integer({ min: -2, max: 1_000_000 }) }),
        fc.record({
          kind: fc.constant('parameter' as const),
          parameter: fc.constantFrom(...values.uniform.keys()),
        }),
        fc.record({ kind: fc.constant('indicator' as const), indicator: fc.constantFrom(...numeric) }),
      ),
    }),
    fc.record({
      kind: fc.constant('compare' as const),
      indicator: fc.constantFrom(...yesNo),
      operator: fc.constantFrom('=', '!='),
      operand: fc.record({ kind: fc.constant('value' as const), value: fc.boolean() }),
    }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
  ),
}))
