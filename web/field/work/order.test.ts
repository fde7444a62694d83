import { expect, it } from 'vitest'
import type { Visit } from '#contract/work/visits.ts'
import { groupByPlace } from './order.ts'

const visit = (
  id: string,
  group: string | null,
  level: Visit['level'],
  dueOn: string,
  overdue = false,
  village = 341_221_001_003,
): Visit =>
  ({
    id,
    groupName: group,
    level,
    dueOn,
    overdue,
    household: { householdNo: id, village: { code: village, name: '村', level: 'village' } },
  }) as Visit

it('puts overdue before red before due, and keeps the groups of a village together', () => {
  const places = groupByPlace([
    visit('a', '东组', 'yellow', '2020-03-12'),
    visit('b', '西组', 'red', '2020-03-20'),
    visit('c', '东组', null, '2020-03-01', true),
    visit('d', '西组', 'red', '2020-03-11'),
    visit('e', null, 'orange', '2020-03-11'),
    visit('f', '东组', 'red', '2020-03-10', true, 341_221_001_004),
  ])
  expect(places.map(({ key, visits }) => [key, visits.map(({ id }) => id)])).toEqual([
    ['341221001004', ['f']],
    ['341221001003', ['c', 'a', 'd', 'b', 'e']],
  ])
})
