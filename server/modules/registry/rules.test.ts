import { expect, test } from 'vitest'
import { ageOn, netIncomeFen } from './rules.ts'

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
