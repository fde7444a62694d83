import { expect, test } from 'vitest'
import { checkPassword } from './password-check.ts'

const rules = { minimumLength: 10, classes: 3, history: 5 }
const broken = (password: string) =>
  Object.entries(checkPassword(password, 'linquan', rules))
    .filter(([, kept]) => !kept)
    .map(([rule]) => rule)

test.each([
  ['Chunfeng-2020', []],
  ['chunfeng', ['length', 'classes']],
  ['chunfengxiyu20', ['classes']],
  ['Linquan-2020-x', ['name']],
  ['x-NAUQNIL-2020', ['name']],
  [`Aa1-${'x'.repeat(125)}`, ['long']],
  ['', ['length', 'classes', 'name']],
])('%s breaks %j', (password, expected) => {
  expect(broken(password)).toEqual(expected)
})

test('a character outside the basic plane counts once', () => {
  expect(checkPassword('Aa1😀😀😀😀😀😀', 'linquan', rules).length).toBe(false)
})
