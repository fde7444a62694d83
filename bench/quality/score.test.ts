import { expect, it } from 'vitest'
import { score } from './score.ts'
import type { Truth } from './truth.ts'

const truth = (householdNo: string, meets: Truth['meets'], unknown: Truth['unknown'] = []): Truth => ({
  householdNo,
  village: 341221001003,
  meets,
  unknown,
})

it('counts what was raised rightly, wrongly and not at all, and leaves out what nobody can judge', () => {
  const truths = [truth('a', ['R01']), truth('b', ['R01']), truth('c', [], ['R11']), truth('d', ['R11'])]
  const scores = score(
    truths,
    new Map([
      ['R01', new Set(['a', 'x', 'y'])],
      ['R11', new Set(['c', 'd'])],
    ]),
  )
  const of = (id: string) => scores.find((one) => one.id === id)
  expect(of('R01')).toEqual({ id: 'R01', precision: 0.3333, recall: 0.5, truth: 2, raised: 3 })
  expect(of('R11')).toEqual({ id: 'R11', precision: 1, recall: 1, truth: 1, raised: 1 })
  expect(of('R22')).toEqual({ id: 'R22', precision: null, recall: null, truth: 0, raised: 0 })
})
