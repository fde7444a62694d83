import { expect, it } from 'vitest'
import { cleanFileName, maskBankCard, maskName, maskNumbers, maskTexts, publicIdNumber } from './text.ts'

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

it('keeps of a file name what can be shown and written to a disk, and its ending', () => {
  const cases: [string, string][] = [
    ['低保对象 2020-03.xlsx', '低保对象 2020-03.xlsx'],
    ['C:\\Users\\张三\\桌面\\低保.xlsx', '低保.xlsx'],
    ['../../etc/passwd', 'passwd'],
    ['工资\u202exslx.exe', '工资xslx.exe'],
    ['a\u0000b\nc\u001b[31m.csv', 'abc[31m.csv'],
    ['\ufeff\u200b低\u2028保.csv', '低保.csv'],
    ['a<b>:"|?*.csv', 'a_b______.csv'],
    [' . 名单 . .', '名单'],
    ['.csv', 'csv'],
    ['', '未命名'],
    ['\u202e', '未命名'],
    ['\ud800x.csv', 'x.csv'],
  ]
  for (const [raw, kept] of cases) expect([raw, cleanFileName(raw)]).toEqual([raw, kept])
  const long = cleanFileName(`${'很长'.repeat(500)}.xlsx`)
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(190)
  expect(long).toMatch(/^很长.*\.xlsx$/)
  expect(cleanFileName(long)).toBe(long)
})
