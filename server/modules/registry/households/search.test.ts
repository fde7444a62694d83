import { expect, test } from 'vitest'
import { searchTerm } from './search.ts'

const index = (idNumber: string) => `index of ${idNumber}`

test.each([
  ['张伟', { by: 'name', prefix: '张伟' }],
  [' 张 伟 ', { by: 'name', prefix: '张伟' }],
  ['zw', { by: 'pinyin', prefix: 'zw', spellings: [] }],
  ['ZW', { by: 'pinyin', prefix: 'zw', spellings: [] }],
  ['341221100201', { by: 'household-number', prefix: '341221100201' }],
  ['34122110020100001', { by: 'household-number', prefix: '34122110020100001' }],
  ['34122119000101001x', { by: 'id-number', index: 'index of 34122119000101001X' }],
  ['341221190001010019', { by: 'id-number', index: 'index of 341221190001010019' }],
  ['341221190001010019', { by: 'id-number', index: 'index of 341221190001010019' }],
  ['341722620715004', { by: 'id-number', index: 'index of 341722196207150042' }],
  ['34122119000101001942', { by: 'id-number', index: 'index of 341221190001010019' }],
])('%s', (text, term) => {
  expect(searchTerm(text, index)).toEqual(term)
})

test('an empty search finds nothing', () => {
  expect(searchTerm('  ', index)).toBeUndefined()
})
