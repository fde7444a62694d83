import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumber, dayOfNumber, daysBetween } from '#contract/days.ts'
import { type EnumerationName, enumerations, termsOf } from '#contract/enumerations/enumerations.ts'
import { comparableName } from '#server/platform/people/comparable-name.ts'
import { clean, isBlank, readBankCard, readDivision, readPhone, readText } from './cells.ts'
import { readDate, readMonth, readTerm, remember } from './read-dates.ts'
import { readOne, readSome, readYesNo } from './read-enumerations.ts'
import { readMatchName, readName, unreadableName } from './read-names.ts'

const today = '2020-03-10'
const code = (expected: string) => expect.objectContaining({ code: expected })

test.each([
  [' 2020-03-10 ', '2020-03-10'],
  ['1234.5X', '1234.5X'],
  ['　张伟', '张伟'],
  ['张\u200b伟', '张伟'],
  ['="0012"', '0012'],
  ["'0012", '0012'],
  ['(万元)', '(万元)'],
])('%j is cleaned to %j', (cell, expected) => {
  expect(clean(cell)).toBe(expected)
})

test('departments write empty in many ways', () => {
  for (const cell of ['', '-', '—', '/', 'NULL', '\\N', 'N/A']) expect(isBlank(clean(cell))).toBe(true)
  for (const cell of ['0', '无', '-1', 'N']) expect(isBlank(cell)).toBe(false)
})

describe('dates', () => {
  const date = readDate(today, false)

  test.each([
    ['2020-03-10', '2020-03-10'],
    ['2020/3/1', '2020-03-01'],
    ['2020.3.10', '2020-03-10'],
    ['20200310', '2020-03-10'],
    ['2020年3月1日', '2020-03-01'],
    ['2020-03-10 08:30:00', '2020-03-10'],
    ['2020-03-10T08:30:00.000Z', '2020-03-10'],
    ['2020-03-04T16:00:00.000Z', '2020-03-05'],
    ['2020-03-04T16:00:00Z', '2020-03-05'],
    ['2020-03-04 16:00:00+00:00', '2020-03-05'],
    ['2020-02-29T16:00:00.000Z', '2020-03-01'],
    ['2020-03-05T00:00:00+08:00', '2020-03-05'],
    ['2020-03-04T15:59:59Z', '2020-03-04'],
    ['2020-03-05T00:00:00', '2020-03-05'],
    ['2020/3/5 下午 3:20:00', '2020-03-05'],
    ['2020-3-5 3:20 PM', '2020-03-05'],
    ['2020年3月5日 15时20分', '2020-03-05'],
    ['2020年3月5日 星期四', '2020-03-05'],
    ['2020年3月5日星期四', '2020-03-05'],
    ['2020/3/5 (周四)', '2020-03-05'],
    ['二〇二〇年三月五日', '2020-03-05'],
    ['二零二零年二月二十九日', '2020-02-29'],
    ['二○一九年十二月卅一日', '2019-12-31'],
    ['二〇一九年十一月廿五号', '2019-11-25'],
    ['20200305.0', '2020-03-05'],
    ['2020-3-5 0:00', '2020-03-05'],
    ['5-Mar-20', '2020-03-05'],
    ['5 March 2020', '2020-03-05'],
    ['Mar 5, 2020', '2020-03-05'],
    ['Thu Mar 05 2020 00:00:00 GMT+0800 (中国标准时间)', '2020-03-05'],
    ['Thu Mar 05 00:00:00 CST 2020', '2020-03-05'],
    ['2020.03.05.', '2020-03-05'],
    ['1583337600000', '2020-03-05'],
    ['1583337600', '2020-03-05'],
    ['20200305 153000', '2020-03-05'],
    ['2020 03 05', '2020-03-05'],
    ['2020－03－05', '2020-03-05'],
    ['2020年03月05', '2020-03-05'],
    ['２０２０．３．５', '2020-03-05'],
    ['2020-03-05 15:20:33.0', '2020-03-05'],
    ['2020-3-5号', '2020-03-05'],
    ['20200310083000', '2020-03-10'],
    ['43900', '2020-03-10'],
    ['43900.75', '2020-03-10'],
    ['2020-02-29', '2020-02-29'],
    ['13/02/2020', '2020-02-13'],
    ['02-13-2020', '2020-02-13'],
    ['13.2.2020 00:00', '2020-02-13'],
    ['2/2/2020', '2020-02-02'],
    ['民国109年3月5日', '2020-03-05'],
    ['民国 109 年 03 月 05 日', '2020-03-05'],
  ])('%s is %s', (cell, expected) => {
    expect(date(clean(cell))).toBe(expected)
  })

  test.each([
    ['3/5/2020', 'date-ambiguous'],
    ['3.5.2020', 'date-ambiguous'],
    ['13/2/20', 'date-ambiguous'],
    ['13/13/2020', 'date-impossible'],
    ['30/2/2020', 'date-impossible'],
    ['20-03-05', 'date-ambiguous'],
    ['2020年3月', 'date-form'],
    ['3月5日', 'date-form'],
    ['2020-03-05~2020-03-08', 'date-form'],
    ['民国109年', 'date-form'],
    ['109年3月5日', 'date-form'],
    ['109/03/05', 'date-form'],
    ['2020年3月5日星期一', 'date-impossible'],
    ['二〇二〇年二月三十日', 'date-impossible'],
    ['31-Feb-20', 'date-impossible'],
    ['2020-02-30T00:00:00Z', 'date-impossible'],
    ['9999-12-31', 'date-impossible'],
    ['长期', 'date-form'],
    ['2019-02-29', 'date-impossible'],
    ['20201301', 'date-impossible'],
    ['2020-03', 'date-form'],
    ['去年三月', 'date-form'],
    ['12', 'date-form'],
    ['99999', 'date-form'],
    ['2020-03-11', 'date-future'],
  ])('%s is refused: %s', (cell, expected) => {
    expect(date(cell)).toEqual(code(expected))
  })

  test('every day reads the same in every shape', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber('1930-01-01'), max: dayNumber('2020-03-10') }).map(dayOfNumber),
        (day) => {
          const [year, month, of] = day.split('-').map(Number)
          const serial = daysBetween('1899-12-30', day)
          const shapes = [day, day.replaceAll('-', ''), `${year}/${month}/${of}`, `${year}.${month}.${of}`]
          for (const shape of [...shapes, `${year}年${month}月${of}日`, String(serial)])
            expect(date(shape)).toBe(day)
        },
      ),
    )
  })

  test('entitlements may end in the future, or never', () => {
    const end = readDate(today, true, true)
    expect(end('2020-12-31')).toBe('2020-12-31')
    for (const cell of [
      '长期',
      '至今',
      '永久',
      '—至今',
      '9999-12-31',
      '9999/12/31',
      '99991231',
      '2099-12-31',
      '2099年12月31日',
    ])
      expect([cell, end(clean(cell))]).toEqual([cell, null])
    for (const cell of ['73050', '2958465', '2999-12-31 00:00:00', '99991231.0'])
      expect([cell, end(cell)]).toEqual([cell, null])
    expect(end('2098-12-31')).toBe('2098-12-31')
    expect(end('待定')).toEqual(code('date-form'))
  })

  test('no day was entered where a program shows its zero day', () => {
    for (const cell of [
      '0000-00-00',
      '0000/00/00',
      '00000000',
      '1900-01-00',
      '1900/1/0',
      '0',
      '0.0',
      '00:00:00',
      '1899-12-30',
    ])
      expect([cell, date(cell)]).toEqual([cell, null])
    expect(readMonth(today, false)('0000-00-00')).toBeNull()
    expect(date('1900-01-01')).toBe('1900-01-01')
  })

  test('months', () => {
    const month = readMonth(today, false)
    for (const cell of ['2020-02', '202002', '2020/2', '2020年2月', '2020.02', '2020-02-17', '2020年02月']) {
      expect([cell, month(cell)]).toEqual([cell, '2020-02-01'])
    }
    expect(month('2020.1')).toEqual(code('month-ambiguous'))
    expect(month('2020-13')).toEqual(code('month-form'))
    expect(month('2020')).toEqual(code('month-form'))
    expect(month('2020-04')).toEqual(code('date-future'))
  })

  test('terms', () => {
    for (const cell of [
      '2020春',
      '2020年春季学期',
      '2019-2020学年第二学期',
      '2019-2020-2',
      '2019-2020学年下学期',
      '2019—2020学年度第2学期',
    ]) {
      expect([cell, readTerm(cell)]).toEqual([cell, '2020春'])
    }
    expect(readTerm('2019-2020学年第一学期')).toBe('2019秋')
    for (const cell of ['2020', '2019-2021-1', '春季']) expect(readTerm(cell)).toEqual(code('term-form'))
  })

  test('a column of ever new cells does not fill the memory', () => {
    let calls = 0
    const counted = remember(() => ++calls, 3)
    for (const cell of ['a', 'a', 'b', 'c', 'd', 'a']) counted(cell)
    expect(calls).toBe(5)
  })
})

describe('enumerations', () => {
  const names = Object.keys(enumerations) as EnumerationName[]

  test.each(names)('%s: label, code and every variant lead to one code', (name) => {
    const read = readOne(name)
    for (const [key, term] of termsOf(name)) {
      for (const writing of [
        term.zh,
        key,
        ...(term.accept ?? []),
        ...(term.national ? [term.national] : []),
      ]) {
        expect([writing, read(writing)]).toEqual([writing, key])
      }
    }
    expect(read('从未听说')).toEqual(code('not-allowed'))
  })

  test('codes that lost their leading zero in Excel', () => {
    expect(readOne('relation')('1')).toBe('head')
    expect(readOne('disabilityGrade')(' 二 级 ')).toBe('2')
  })

  test('several values come in one order, each once', () => {
    const health = readSome('health')
    expect(health('残疾,患有大病')).toBe('major,disabled')
    expect(health('残疾、残疾;长期慢性病')).toBe('chronic,disabled')
    expect(health('残疾,未知')).toEqual(code('not-allowed'))
  })

  test('yes and no', () => {
    const read = readYesNo()
    for (const cell of ['是', '有', '1', 'Y', 'yes', 'true']) expect(read(cell)).toBe(true)
    for (const cell of ['否', '无', '0', 'N', 'no', 'false']) expect(read(cell)).toBe(false)
    expect(read('也许')).toEqual(code('not-allowed'))
  })
})

test('names', () => {
  expect(readName('张伟')).toBe('张伟')
  expect(readName('张 伟')).toBe('张伟')
  expect(readName('买买提•艾山')).toBe('买买提·艾山')
  for (const cell of ['张3', '寮犱?', '\ufffd\ufffd', '长'.repeat(41)])
    expect(readName(cell)).toEqual(code('name-unreadable'))
})

describe('characters that stand for others', () => {
  test.each([
    ['马\u2ea0\u2ed3', '马民长'],
    ['\u2ee2\u2f3d长', '马戈长'],
    ['李\ue863', '李䶮'],
    ['\ue815\ue81a\ue864', '厂㑳龻'],
  ])('%j is %s', (cell, name) => {
    expect(readName(clean(cell))).toBe(name)
  })

  test.each([
    '·',
    '•',
    '‧',
    '∙',
    '⋅',
    '●',
    '▪',
    '﹒',
    '．',
    '.',
    '・',
    '･',
    'ꞏ',
    '。',
    '、',
    '*',
    '-',
    '—',
    ' · ',
    '&middot;',
    '&#183;',
    '&#xB7;',
  ])('a dot written %s is a dot', (dot) => {
    expect(readName(clean(`阿依提${dot}买买提`))).toBe('阿依提·买买提')
  })

  test('what a program lost makes the name unreadable: of a register a fault, beside a number a question', () => {
    for (const cell of ['李?', '张■', '张\ufffd', '张*', '李\ue000', '王2']) {
      expect(readName(clean(cell))).toEqual(code('name-unreadable'))
      expect(readMatchName(clean(cell))).toBe(unreadableName)
    }
    expect(readName('张jie')).toBe('张jie')
  })

  test('names compare without dots and in simplified characters', () => {
    for (const name of ['阿依提·买买提', '阿依提买买提', '阿依提 买买提', '阿依提·買買提'])
      expect(comparableName(name)).toBe('阿依提买买提')
    expect(comparableName('李龑')).toBe(comparableName('李䶮'))
    expect(comparableName('Nguyen Thi Lan')).toBe('NGUYENTHILAN')
    expect(comparableName('张伟')).not.toBe(comparableName('张玮'))
  })
})

test('telephones, bank cards, divisions and text', () => {
  for (const cell of ['19912345678', '199-1234-5678', '+86 19912345678', '8619912345678']) {
    expect(readPhone(cell)).toBe('19912345678')
  }
  expect(readPhone('0558-1234567')).toBe('05581234567')
  expect(readPhone('1.99E+10')).toEqual(code('phone-form'))
  expect(readBankCard('6228 4800 1234 5678 901')).toBe('6228480012345678901')
  expect(readBankCard('6.22848E+18')).toEqual(code('bank-card-form'))
  expect(readDivision('341221100201')).toBe(341_221_100_201)
  for (const cell of ['341221', '341221100000', '34122110020X'])
    expect(readDivision(cell)).toEqual(code('division-form'))
  const text = readText(5, true)
  expect(text('无')).toBe('无')
  expect(readText(5, false)('无')).toBeNull()
  expect(text('123456')).toEqual(code('too-long'))
  expect(readText(20, true)('2.02001E+15')).toEqual(code('id-mangled'))
})
