import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clean } from './cells.ts'
import { readMoney, readNumber } from './read-numbers.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })

describe('money', () => {
  const money = readMoney({ min: 0 }, 2)

  test.each([
    ['1234', 123_400],
    ['1234.5', 123_450],
    ['1,234.50', 123_450],
    ['￥1,234.50', 123_450],
    ['1234.50元', 123_450],
    ['1.2万元', 1_200_000],
    ['0', 0],
    ['0.00', 0],
    ['.5', 50],
    ['1234.', 123_400],
    ['1.005', 101],
    ['1234.5600000001', 123_456],
    ['1.5E+4', 1_500_000],
    ['12345678901', 'too-large'],
    ['-1', 'too-small'],
    ['1,23', 'money-form'],
    ['1.2.3', 'money-form'],
    ['约500', 'money-form'],
    ['1.86万', 1_860_000],
    ['3千元', 300_000],
    ['5角', 50],
    ['99.999999999999999', 10_000],
    ['1.0049999999999999', 101],
    ['$500', 'currency-foreign'],
    ['500美元', 'currency-foreign'],
    ['(500.00', 'money-form'],
    ['350元5角', 35_050],
    ['3元5角2分', 352],
    ['1万5000元', 1_500_000],
    ['1万50000元', 'money-form'],
    ['1万2', 'money-form'],
    ['350块5', 'money-form'],
    ['贰仟元整', 200_000],
    ['人民币壹万捌仟陆佰元零伍分', 1_860_005],
    ['柒佰伍拾元叁角正', 75_030],
    ['一千一百一十一元', 111_100],
    ['两千元', 200_000],
    ['十二万三千四百五十六元', 12_345_600],
    ['一万零五十元', 1_005_000],
    ['一万八元', 'money-form'],
    ['三百五元', 'money-form'],
    ['贰仟', 'money-form'],
    ['RMB 10000', 1_000_000],
    ['人民币：10,000', 1_000_000],
    ['1,860.50元', 186_050],
    ['１８６００．５０元', 1_860_050],
    ['10000CNY', 1_000_000],
    ['1200.-', 'money-form'],
    ['--500', 'money-form'],
    ['18600²', 'money-form'],
    ['①', 'money-form'],
    ['18600元/月', 'money-form'],
  ])('%s is %s', (cell, expected) => {
    expect(money(clean(cell))).toEqual(typeof expected === 'string' ? code(expected) : expected)
  })

  test('every amount of fen survives, grouped or not, and in 万元', () => {
    const wan = readMoney({ min: 0 }, 6)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (fen) => {
        const yuan = (fen / 100).toFixed(2)
        expect(money(yuan)).toBe(fen)
        expect(money(yuan.replace(/\B(?=(\d{3})+(?!\d))/g, ','))).toBe(fen)
        expect(wan((fen / 1_000_000).toFixed(6))).toBe(fen)
      }),
    )
  })

  test.each(['(500.00)', '（500.00）', '-500', '−500', '500.00-', '负500', '△500', '¥-500', '-¥500'])(
    '%s goes back',
    (cell) => expect(readMoney({}, 2)(clean(cell))).toBe(-50_000),
  )

  test('RMB without a unit is yuan, and not what the column is in; a sign is of the column', () => {
    const wan = readMoney({}, 6)
    for (const cell of ['RMB 10000', '人民币10000', '10000CNY'])
      expect([cell, wan(clean(cell))]).toEqual([cell, code('money-form')])
    expect(wan(clean('￥1.86'))).toBe(1_860_000)
    expect(wan(clean('人民币10000元'))).toBe(1_000_000)
    expect(wan(clean('贰仟元整'))).toBe(200_000)
  })

  test('every unit is converted to the fen, whatever the figures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), fc.integer({ min: 0, max: 10 }), (fen, digits) => {
        const figures = String(fen).padStart(digits + 1, '0')
        const at = figures.length - digits
        const written = digits === 0 ? figures : `${figures.slice(0, at)}.${figures.slice(at)}`
        expect(readMoney({}, digits)(written)).toBe(fen)
        expect(readMoney({}, digits)(`-${written}`)).toBe(0 - fen)
      }),
    )
  })

  test('numbers', () => {
    const years = readNumber({ min: 2000, max: 2100 }, true)
    expect([years('2020'), years('2020.0')]).toEqual([2020, 2020])
    expect(years('2020.5')).toEqual(code('not-whole'))
    expect(years('20')).toEqual(code('too-small'))
    expect(years('20200')).toEqual(code('too-large'))
    expect(years('二〇二〇')).toEqual(code('number-form'))
    expect(readNumber({}, false)('2.5')).toBe(2.5)
  })
})
