import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from '#web/ui/page/search-params.ts'
import { ClueSearch } from './search.ts'

const read = (address: string) => ClueSearch.parse(parseSearch(address))

test('the address of a clue list reads like its filter and comes back the same', () => {
  const search: ClueSearch = {
    area: 341221000000,
    level: ['red', 'orange'],
    cause: ['illness'],
    overdue: true,
    openedFrom: '2020-03-04',
    q: '张三 zs',
    sort: 'due',
    page: 2,
  }
  const address = stringifySearch(search)
  expect(address).toContain('level=red,orange&cause=illness&overdue=true')
  expect(read(address)).toEqual(search)
})

test('what is not chosen is not in the address', () => {
  expect(stringifySearch({ area: undefined, level: [], q: '' })).toBe('')
  expect(read('')).toEqual({})
})

test('a mistyped address loses the mistake, not the page', () => {
  expect(read('?area=abc&level=purple&sort=size&page=0&overdue=perhaps&openedFrom=yesterday&q=zs')).toEqual({
    q: 'zs',
  })
})
