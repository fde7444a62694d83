import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageOn, categoryOf, categorySpells, netIncomeFen, type RecordVersion } from './rules.ts'

const version = (change: Partial<RecordVersion>): RecordVersion => ({
  registered: true,
  reliefMark: 'relieved',
  monitoringCategory: null,
  identifiedOn: '2014-04-01',
  relievedYear: 2018,
  knownOn: '2020-03-01',
  ...change,
})

describe('categories over time', () => {
  test('a relieved household was poor from identification to the end of its year of relief', () => {
    expect(categorySpells([version({})])).toEqual([
      { category: 'unrelieved', from: '2014-04-01', to: '2018-12-31' },
      { category: 'stable', from: '2018-12-31', to: null },
    ])
  })

  test('monitoring, relapse and relief count from the day they became known', () => {
    const spells = categorySpells([
      version({}),
      version({ monitoringCategory: 'unstable', knownOn: '2020-04-05' }),
      version({ monitoringCategory: 'unstable', knownOn: '2020-05-05' }),
      version({ reliefMark: 'relapsed', knownOn: '2020-06-05' }),
      version({ knownOn: '2020-12-05' }),
    ])
    expect(spells.map((spell) => [spell.category, spell.from])).toEqual([
      ['unrelieved', '2014-04-01'],
      ['stable', '2018-12-31'],
      ['unstable', '2020-04-05'],
      ['unrelieved', '2020-06-05'],
      ['stable', '2020-12-05'],
    ])
  })

  test('a household at the edge is monitored since its identification, an ordinary one since it is known', () => {
    const edge = version({
      registered: false,
      reliefMark: null,
      relievedYear: null,
      monitoringCategory: 'marginal',
      identifiedOn: '2020-02-01',
    })
    expect(categorySpells([edge])).toEqual([{ category: 'marginal', from: '2020-02-01', to: null }])
    const ordinary = version({ registered: false, reliefMark: null, relievedYear: null, identifiedOn: null })
    expect(categorySpells([ordinary, { ...edge, knownOn: '2020-04-01' }])).toEqual([
      { category: 'ordinary', from: '2020-03-01', to: '2020-04-01' },
      { category: 'marginal', from: '2020-04-01', to: null },
    ])
  })

  test('of two versions of one day the later stands', () => {
    const spells = categorySpells([
      version({ reliefMark: 'unrelieved', relievedYear: null }),
      version({ knownOn: '2020-05-01', monitoringCategory: 'unstable' }),
      version({ knownOn: '2020-05-01' }),
    ])
    expect(spells).toEqual([
      { category: 'unrelieved', from: '2014-04-01', to: '2020-05-01' },
      { category: 'stable', from: '2020-05-01', to: null },
    ])
  })

  test('spells never overlap, leave no gap, change each time, and end with the newest record', () => {
    const days = fc
      .integer({ min: 0, max: 4000 })
      .map((n) => new Date(Date.UTC(2012, 0, 1 + n)).toISOString().slice(0, 10))
    const versions = fc
      .array(
        fc.record({
          registered: fc.boolean(),
          reliefMark: fc.constantFrom(null, 'unrelieved', 'relieved', 'pre-relieved', 'relapsed'),
          monitoringCategory: fc.constantFrom(null, 'unstable', 'marginal'),
          identifiedOn: fc.option(days),
          relievedYear: fc.option(fc.integer({ min: 2014, max: 2024 })),
          knownOn: days,
        }),
        { minLength: 1, maxLength: 6 },
      )
      .map((list) => list.sort((a, b) => a.knownOn.localeCompare(b.knownOn)))
    fc.assert(
      fc.property(versions, (list) => {
        const spells = categorySpells(list)
        expect(spells.at(-1)?.to).toBeNull()
        expect(spells.at(-1)?.category).toBe(categoryOf(list.at(-1) ?? version({})))
        for (const [i, spell] of spells.entries()) {
          const next = spells[i + 1]
          if (!next) continue
          expect(spell.to).toBe(next.from)
          expect(spell.from < next.from).toBe(true)
          expect(spell.category).not.toBe(next.category)
        }
      }),
      { numRuns: 500 },
    )
  })
})

test('age is counted in full years', () => {
  expect(ageOn('2004-03-10', '2020-03-10')).toBe(16)
  expect(ageOn('2004-03-11', '2020-03-10')).toBe(15)
  expect(ageOn('2004-02-29', '2020-02-28')).toBe(15)
})

test('net income is every receipt less the cost of the business', () => {
  const items = {
    wageFen: 1_200_000,
    businessGrossFen: 500_000,
    propertyFen: 10_000,
    familyPlanningFen: 1,
    dibaoFen: 2,
    tekunFen: 3,
    pensionFen: 4,
    ecoCompensationFen: 5,
    otherTransferFen: 6,
    businessCostFen: 300_000,
  }
  expect(netIncomeFen(items)).toBe(1_410_021)
})
