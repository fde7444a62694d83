import { expect, it } from 'vitest'
import { maskBankCard, maskName, maskNumbers, maskTexts, publicIdNumber } from './text.ts'

it('masks names and numbers as the forms prescribe', () => {
  expect(['张伟', '张小明', '欧阳小明', '张', ''].map(maskName)).toEqual([
    '张*',
    '张*明',
    '欧*明',
    '张*',
    '*',
  ])
  expect(publicIdNumber('341221197001010019')).toBe('341***********0019')
  expect(maskBankCard('6228480402564890018')).toBe('622848********0018')
  expect(maskBankCard('12345678')).toBe('****5678')
})

it('hides long numbers inside texts, and leaves codes of places that are numbers', () => {
  expect(maskNumbers('证 34122119700101001X 电话 19900001234，12 人')).toBe(
    '证 341****001X 电话 199****1234，12 人',
  )
  expect(
    maskTexts({ q: '341221197001010019', area: 341_221_001_000, list: ['19900001234', 5, null] }),
  ).toEqual({
    q: '341****0019',
    area: 341_221_001_000,
    list: ['199****1234', 5, null],
  })
})
