import { expect, test } from 'vitest'
import { cleanNumber, faultOfIdNumber, inGroups } from './id-number.ts'

test('an ID number is checked as its owner would', () => {
  expect(faultOfIdNumber('341221190001010019')).toBeUndefined()
  expect(faultOfIdNumber('34152419000229002X')).toBe('idCheck')
  expect(faultOfIdNumber('341221190001010018')).toBe('idCheck')
  expect(faultOfIdNumber('34122119000101001')).toBe('idLength')
  expect(faultOfIdNumber('34122119000101OO19')).toBe('idCharacters')
  expect(faultOfIdNumber('')).toBe('idMissing')
})

test('wide digits, blanks and a small x are what was meant', () => {
  expect(cleanNumber(' ３４１２２１ 1900-0101 001x ')).toBe('34122119000101001X')
  expect(inGroups('341221190001010019')).toBe('341221 1900 0101 0019')
})
