import { expect, test } from 'vitest'
import { pinyinInitials } from '../text.ts'
import { initialsAsCharacters, spellingsOf } from './spelling.ts'

const fits = (typed: string, name: string) =>
  spellingsOf(typed).some(
    ({ initials, letters }) =>
      pinyinInitials(name).startsWith(initials) &&
      letters.every((some, i) => some === null || some.includes([...name][i] ?? '')),
  )

test.each([
  ['zhangwei', '张伟'],
  ['zhangw', '张伟'],
  ['zhang', '张伟'],
  ['zhangwe', '张伟'],
  ['wangxiuying', '王秀英'],
  ['wangxy', '王秀英'],
  ['xian', '西安'],
  ['xian', '先生'],
  ['lvfang', '吕芳'],
  ['shanxiong', '单雄'],
])('%s finds %s', (typed, name) => {
  expect(fits(typed, name)).toBe(true)
})

test.each([
  ['zhangwei', '张三'],
  ['wang', '万里'],
  ['zhao', '张伟'],
])('%s does not find %s', (typed, name) => {
  expect(fits(typed, name)).toBe(false)
})

test('initials alone are no spelling', () => {
  expect(spellingsOf('zw')).toEqual([])
  expect(spellingsOf('wxy')).toEqual([])
  expect(spellingsOf('qqqqqqqqqqqqqqqqqqqqqq')).toEqual([])
})

test('initials stand for the characters that begin so', () => {
  const [l, q] = initialsAsCharacters('lq')
  expect(l).toContain('临')
  expect(q).toContain('泉')
  expect(l).not.toContain('泉')
})
