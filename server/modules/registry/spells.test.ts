import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '#contract/days.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { decideAbout, type HouseholdFact, mergeHouseholds, mergeMembers } from '#test/harness/registry.ts'
import { listSpells } from './spells.ts'

const village = 341_221_001_003
const other = 341_221_001_004

let t: TestDatabase
let next = 1
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

function relieved(change: Partial<HouseholdFact> = {}): HouseholdFact {
  return {
    householdNo: `341221001003${String(next++).padStart(5, '0')}`,
    villageCode: village,
    reliefMark: 'relieved',
    identifiedMonth: '2014-04-01',
    relievedYear: 2018,
    ...change,
  }
}

const merge = (fact: HouseholdFact, day: string, withdraw: readonly string[] = []) =>
  mergeHouseholds(t.database, withdraw.length > 0 ? [] : [fact], {
    asOf: day,
    knownFrom: `${day}T00:00:00Z`,
    withdraw,
  })

async function keyOf({ householdNo }: HouseholdFact) {
  const { rows } = await sql<{ county: number; id: number }>`
    select county, id from household where household_no = ${householdNo}`.execute(t.database.db)
  return rows[0] ?? { county: 0, id: 0 }
}

async function spellsOf(fact: HouseholdFact) {
  const spells = await listSpells(t.database.db, await keyOf(fact))
  return spells.map(({ category, risk, from, to }) => [category, risk, from, to])
}

describe('spells follow the register', () => {
  test('a relieved household was poor from identification to the end of its year of relief', async () => {
    const fact = relieved()
    await merge(fact, '2020-03-01')
    expect(await spellsOf(fact)).toEqual([
      ['unrelieved', 'none', '2014-04-01', '2018-12-31'],
      ['stable', 'none', '2018-12-31', null],
    ])
  })

  test('monitoring, relapse and relief count from the day they became known', async () => {
    const fact = relieved()
    await merge(fact, '2020-03-01')
    await merge({ ...fact, monitoringCategory: 'unstable' }, '2020-04-05')
    await merge({ ...fact, monitoringCategory: 'unstable' }, '2020-05-05')
    await merge({ ...fact, reliefMark: 'relapsed' }, '2020-06-05')
    await merge(fact, '2020-12-05')
    expect((await spellsOf(fact)).slice(1)).toEqual([
      ['stable', 'none', '2018-12-31', '2020-04-05'],
      ['unstable', 'open', '2020-04-05', '2020-06-05'],
      ['unrelieved', 'none', '2020-06-05', '2020-12-05'],
      ['stable', 'none', '2020-12-05', null],
    ])
  })

  test('a household at the edge is monitored since its identification, an ordinary one since it is known', async () => {
    const plain = { registered: false, reliefMark: null, relievedYear: null }
    const edge = relieved({ ...plain, monitoringCategory: 'marginal', identifiedMonth: '2020-02-01' })
    const ordinary = relieved({ ...plain, identifiedMonth: null })
    await merge(edge, '2020-03-01')
    await merge(ordinary, '2020-03-01')
    expect(await spellsOf(edge)).toEqual([['marginal', 'open', '2020-02-01', null]])
    expect(await spellsOf(ordinary)).toEqual([['ordinary', 'none', '2020-03-01', null]])
  })

  test('a decision of ours stands until the register says something else, and moves along', async () => {
    const fact = relieved()
    await merge(fact, '2020-03-01')
    await decideAbout(t.database, await keyOf(fact), {
      ...{ category: 'unstable', risk: 'open', causes: ['illness'], because: 'identified' },
      ...{ caseId: null, pack: 'anhui-2020', day: '2020-03-20', at: new Date('2020-03-20') },
    })
    await merge(fact, '2020-04-01')
    await merge({ ...fact, villageCode: other }, '2020-05-01')
    expect((await spellsOf(fact)).slice(1)).toEqual([
      ['stable', 'none', '2018-12-31', '2020-03-20'],
      ['unstable', 'open', '2020-03-20', '2020-05-01'],
      ['unstable', 'open', '2020-05-01', null],
    ])
    await merge({ ...fact, villageCode: other, reliefMark: 'relapsed' }, '2020-06-01')
    expect((await spellsOf(fact)).at(-1)).toEqual(['unrelieved', 'none', '2020-06-01', null])
  })

  test('a decision stands against an older word of the register, in whatever village', async () => {
    const fact = relieved()
    await merge(fact, '2020-03-01')
    const caseId = '01890000-0000-7000-8000-000000000001'
    await decideAbout(t.database, await keyOf(fact), {
      ...{ category: 'unstable', risk: 'open', causes: ['illness'], because: 'identified' },
      ...{ caseId, pack: 'anhui-2020', day: '2020-03-20', at: new Date('2020-03-20') },
    })
    await merge({ ...fact, villageCode: other, reliefMark: 'relapsed' }, '2020-03-10')
    expect((await spellsOf(fact)).at(-1)).toEqual(['unstable', 'open', '2020-03-20', null])
    await merge({ ...fact, villageCode: other, reliefMark: 'relapsed' }, '2020-04-01')
    expect((await spellsOf(fact)).at(-1)).toEqual(['unrelieved', 'none', '2020-04-01', null])
  })

  test('who leaves has no spell, and who comes back begins one', async () => {
    const fact = relieved()
    await merge(fact, '2020-03-01')
    await merge(fact, '2020-04-01', [fact.householdNo])
    expect((await spellsOf(fact)).at(-1)?.[3]).toBe('2020-04-01')
    await merge(fact, '2020-06-01')
    expect((await listSpells(t.database.db, await keyOf(fact))).at(-1)).toMatchObject({
      ...{ from: '2020-06-01', to: null, openedBecause: 're-entered' },
    })
    await mergeMembers(t.database, [
      {
        ...{
          householdNo: fact.householdNo,
          memberNo: `${fact.householdNo}01`,
          idNumber: '341221190001010019',
        },
        ...{ change: 'death', changedOn: '2020-07-01' },
      },
    ])
    expect((await spellsOf(fact)).at(-1)?.[3]).toBe('2020-07-01')
  })
})

test('whatever the register says in whatever order, no two spells of a household share a day', async () => {
  const marks = fc.constantFrom('relieved', 'unrelieved', 'relapsed', null)
  const states = fc.array(
    fc.record({
      mark: marks,
      monitored: fc.constantFrom('unstable', 'marginal', null),
      place: fc.constantFrom(village, other),
      gone: fc.boolean(),
      days: fc.integer({ min: 0, max: 40 }),
      decided: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  )
  await fc.assert(
    fc.asyncProperty(states, async (changes) => {
      const fact = relieved()
      let on = '2020-01-05'
      for (const { mark, monitored, place, gone, days, decided } of changes) {
        on = addDays(on, days)
        const stated = {
          ...fact,
          villageCode: place,
          registered: mark !== null,
          reliefMark: mark,
          monitoringCategory: monitored,
        }
        await merge(stated, on)
        if (gone) await merge(stated, on, [fact.householdNo])
        else if (decided)
          await decideAbout(t.database, await keyOf(fact), {
            ...{ category: 'marginal', risk: 'open', causes: [], because: 'identified' },
            ...{ caseId: null, pack: 'anhui-2020', day: on, at: new Date(on) },
          })
      }
      const { county, id } = await keyOf(fact)
      const { rows } = await sql<{ apart: boolean; open: number; closed: boolean; agrees: boolean }>`
        select (select count(*) = 0 from category_spell a join category_spell b on b.county = a.county
          and b.household_id = a.household_id
            and b.id > a.id and daterange(a.from_on, a.until_on) && daterange(b.from_on, b.until_on)
            where a.county = h.county and a.household_id = h.id) as apart,
          (select count(*) from category_spell s where s.county = h.county and s.household_id = h.id
            and s.until_on is null) as open,
          h.closed_on is not null as closed,
          not exists (select from category_spell s where s.county = h.county and s.household_id = h.id
          and s.until_on is null
            and (s.category, s.risk, s.village) <> (h.category, h.risk, h.village)) as agrees
        from household h where h.county = ${county} and h.id = ${id}`.execute(t.database.db)
      expect(rows[0]).toEqual({
        apart: true,
        open: rows[0]?.closed ? 0 : 1,
        closed: changes.at(-1)?.gone,
        agrees: true,
      })
    }),
    { numRuns: 25 },
  )
})
