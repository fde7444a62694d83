import { describe, expect, it } from 'vitest'
import { builtInDateKind, dateKindOf, serialText } from './number-formats.ts'

describe('number formats', () => {
  it.each([
    ['General', undefined],
    ['0.00', undefined],
    ['#,##0.00;[Red]-#,##0.00', undefined],
    ['0.00E+00', undefined],
    ['0"年"', undefined],
    ['"dd"0', undefined],
    ['@', undefined],
    ['yyyy-mm-dd', 'date'],
    ['yyyy"年"m"月"', 'date'],
    ['[$-804]yyyy"年"m"月"d"日";@', 'date'],
    ['m/d/yy h:mm', 'date'],
    ['mmm-yy', 'date'],
    ['h:mm:ss', 'time'],
    ['[h]:mm', 'time'],
    ['mm:ss', 'time'],
  ])('%s shows %s', (format, kind) => expect(dateKindOf(format)).toBe(kind))

  it('knows the built-in formats of Chinese workbooks', () => {
    expect([0, 9, 14, 22, 31, 57, 58, 20].map(builtInDateKind)).toEqual([
      undefined,
      undefined,
      'date',
      'date',
      'date',
      'date',
      'date',
      'time',
    ])
  })

  it.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [43900, false, '2020-03-10'],
    [42438, true, '2020-03-10'],
    [43900.5, false, '2020-03-10 12:00:00'],
    [43899.999999999, false, '2020-03-10'],
    [-1, false, undefined],
    [3_000_000, false, undefined],
  ])('serial %d (1904: %s) is %s', (serial, date1904, text) =>
    expect(serialText(serial, 'date', date1904)).toBe(text),
  )

  it('shows a time of day alone', () => expect(serialText(0.75, 'time', false)).toBe('18:00:00'))
})
