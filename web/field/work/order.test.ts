import { expect, it } from 'vitest'
import type { Visit } from '#contract/visits.ts'
import { groupByPlace } from './order.ts'

const visit = (
  id: string,
  group: string | null,
  level: Visit['level'],
  dueOn: string,
  overdue = false,
): Visit =>
  ({
    id,
    groupName: group,
    level,
    dueOn,
    overdue,
    household: { householdNo: id, village: { code: 341221001003, name: '村', level: 'village' } },
  }) as Visit

it('puts overdue before red before due, and keeps a place together', () => {
  const groups = groupByPlace([
    visit('a', '东组', 'yellow', '2020-03-12'),
    visit('b', '西组', 'red', '2020-03-20'),
    visit('c', '东组', null, '2020-03-01', true),
    visit('d', '西组', 'red', '2020-03-11'),
    visit('e', null, 'orange', '2020-03-11'),
  ])
  expect(groups.map(({ group, visits }) => [group, visits.map(({ id }) => id)])).toEqual([
    ['东组', ['c', 'a']],
    ['西组', ['d', 'b']],
    [null, ['e']],
  ])
})
