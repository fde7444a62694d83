import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { birthOf, checkDigitOf, sexOf, widenIdNumber } from '#server/platform/id-number.ts'
import { birthByDocument, documentOf, maskDocument } from '#server/platform/people/documents.ts'
import { daysInMonth } from './calendar.ts'
import { faultOf } from './id-number.ts'
import { isNoNumber, readDisabilityCard, readIdNumber } from './read-id-number.ts'

const today = '2020-03-10'
const read = readIdNumber(today)

const digits = (n: number, width: number) => String(n).padStart(width, '0')

/** Sound numbers of people born from 1900 to 2019. */
const idNumbers = fc
  .record({
    region: fc.constantFrom('110101', '341221', '341722', '430481', '659004', '810000'),
    year: fc.integer({ min: 1900, max: 2019 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
    order: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ region, year, month, day, order }) => {
    const sound = Math.min(day, daysInMonth(year, month))
    const head = `${region}${year}${digits(month, 2)}${digits(sound, 2)}${digits(order, 3)}`
    return head + checkDigitOf(head)
  })

describe('GB 11643', () => {
  test.each(['341221190001010019', '341322190101010034', '341722196207150042'])('%s is sound', (id) => {
    expect(faultOf(id, today)).toBeUndefined()
    expect(read(id)).toBe(id)
  })

  test('a right check digit over a day that never was is refused', () => {
    expect('34152419000229002X'.endsWith(checkDigitOf('34152419000229002X'))).toBe(true)
    expect(faultOf('34152419000229002X', today)).toBe('id-birth')
  })

  test('every sound number passes, and yields birth and sex', () => {
    fc.assert(
      fc.property(idNumbers, (id) => {
        expect(read(id)).toBe(id)
        expect(birthOf(id).replaceAll('-', '')).toBe(id.slice(6, 14))
        expect(sexOf(id)).toBe(Number(id[16]) % 2 === 1 ? 'male' : 'female')
      }),
    )
  })

  test('changing any one digit is noticed', () => {
    fc.assert(
      fc.property(idNumbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
        const changed = id.slice(0, at) + ((Number(id[at]) + by) % 10) + id.slice(at + 1)
        expect(faultOf(changed, today)).toBeDefined()
      }),
    )
  })

  test('swapping two different neighbouring digits is noticed', () => {
    fc.assert(
      fc.property(idNumbers, fc.nat(15), (id, at) => {
        const swapped = id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2)
        expect(faultOf(swapped, today) === undefined).toBe(swapped === id)
      }),
    )
  })

  test('a 15-digit number becomes the 18-digit number of the same person', () => {
    fc.assert(
      fc.property(
        idNumbers.filter((id) => id.startsWith('19', 6)),
        (id) => {
          const old = id.slice(0, 6) + id.slice(8, 17)
          expect(widenIdNumber(old)).toBe(id)
          expect(read(old)).toBe(id)
        },
      ),
    )
  })
})

describe('as people write it', () => {
  const withX = '11010519491231002X'

  test.each([
    ['lower-case x', '11010519491231002x'],
    [
      'full-width digits',
      '11010519491231002X'.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)),
    ],
    ['spaces', '110105 19491231 002X'],
    ['a leading quote', "'11010519491231002X"],
    ['a disability certificate in its place', '11010519491231002X44'],
    ['a reissued certificate in its place', '11010519491231002X44B1'],
    ['a Cyrillic Kha', '11010519491231002\u0425'],
    ['a Greek chi', '11010519491231002\u03a7'],
    ['a multiplication sign', '11010519491231002×'],
    ['a Roman ten', '11010519491231002Ⅹ'],
    ['an asterisk for X', '11010519491231002*'],
    ['a full stop behind', '11010519491231002X.'],
    ['what it is before it', '身份证：11010519491231002X'],
    ['all of that before it', '公民身份号码: 11010519491231002X'],
    ['whose it is behind it', '11010519491231002X（户主）'],
  ])('%s is read', (_, cell) => {
    expect(read(cell.normalize('NFKC'))).toBe(withX)
  })

  test.each([
    ['3.41221E+17', 'id-mangled'],
    ['3.41221190001E+17', 'id-mangled'],
    ['341221198501010000', 'id-rounded'],
    ['34122119000101001', 'id-length'],
    ['3412211900010100199', 'id-length'],
    ['34122119000101O019', 'id-characters'],
    ['34122119000101001Y', 'id-characters'],
    ['34122A900010101', 'id-characters'],
    ['341221190001010018', 'id-check-digit'],
    ['991221190001010012', 'id-region'],
    ['110101202003110016', 'id-birth'],
    // An asterisk is X or nothing, and a note that names somebody else is no ornament.
    ['34122119000101001*', 'id-check-digit'],
    ['11010519491231002X(母亲)', 'id-length'],
    ['19850305', 'id-length'],
    ['34122119', 'id-length'],
    ['ABC', 'id-length'],
  ])('%s is %s', (cell, code) => {
    const sealed = code === 'id-region' || code === 'id-birth' ? cell.slice(0, 17) + checkDigitOf(cell) : cell
    expect(read(sealed)).toMatchObject({ code })
  })

  test('someone born on the day of the batch may have a number', () => {
    const head = '11010120200310001'
    expect(read(head + checkDigitOf(head))).toBe(head + checkDigitOf(head))
  })
})

describe('other papers', () => {
  test.each([
    ['934704198503050029', 'permanent-residence', '1985-03-05'],
    ['VNM341285030501', 'permanent-residence', '1985-03-05'],
    ['vnm 341203030501', 'permanent-residence', '2003-03-05'],
    ['810000198503050024', 'hmt-residence', '1985-03-05'],
    ['830000198503050028', 'hmt-residence', '1985-03-05'],
    ['H0123456789', 'home-return', null],
    ['m12345678', 'home-return', null],
    ['01234567', 'taiwan-permit', null],
    ['0123456701(A)', 'taiwan-permit', null],
    ['B1234567', 'passport', null],
    ['护照：EA1234567', 'passport', null],
    ['P1234567A', 'passport', null],
    ['L340123456', 'birth-certificate', null],
    ['南字第1234567号', 'military', null],
    ['341221190001010019', 'resident', '1900-01-01'],
  ])('%s is of a kind of its own: %s', (cell, kind, birth) => {
    const number = String(read(cell.normalize('NFKC')))
    expect([documentOf(number).kind, birthByDocument(number)]).toEqual([kind, birth])
    expect(read(number)).toBe(number)
  })

  test.each([
    ['934704198503050020', 'id-check-digit'],
    ['810000198503050020', 'id-check-digit'],
    ['VNM991285030501', 'id-region'],
    ['VNM341285133501', 'id-birth'],
    ['H01234567', undefined],
    ['H0123', 'id-length'],
    ['EVER', 'id-length'],
  ])('%s: %s', (cell, code) => {
    if (code !== undefined) expect(read(cell)).toMatchObject({ code })
    else expect(read(cell)).toBe(cell)
  })

  test('the kind that stands beside a number decides where its shape does not', () => {
    expect(read('M12345678')).toBe('M12345678')
    expect(read('M12345678', 'passport')).toBe('passport:M12345678')
    expect(read('123456789', 'passport')).toBe('passport:123456789')
    expect(read('12345678', 'taiwan-permit')).toBe('taiwan-permit:12345678')
    expect(read('B1234567', 'passport')).toBe('B1234567')
    expect(read('B1234567', 'home-return')).toMatchObject({ code: 'id-kind-differs' })
    expect(read('341221190001010019', 'passport')).toBe('341221190001010019')
    expect(read('3412', 'resident')).toMatchObject({ code: 'id-length' })
    expect(documentOf('passport:M12345678')).toEqual({ kind: 'passport', number: 'M12345678' })
  })

  test('words for none are none', () => {
    for (const cell of ['无', '暂无', '未办理', '新生儿', '无身份证', '未上户'])
      expect(isNoNumber(cell)).toBe(true)
    expect(isNoNumber('341221190001010019')).toBe(false)
  })

  test('a mask shows no more than half', () => {
    expect(maskDocument('341221190001010019')).toBe('341221********0019')
    expect(maskDocument('B1234567')).toBe('B1****67')
    expect(maskDocument('passport:M12345678')).toBe('M1*****78')
  })
})

describe('disability certificates', () => {
  const card = readDisabilityCard(today)

  test.each(['11010519491231002X44', '11010519491231002X71B2'])('%s is sound', (number) => {
    expect(card(number)).toBe(number)
    expect(card(number.toLowerCase())).toBe(number)
  })

  test.each([
    ['11010519491231002X84', 'certificate-digits'],
    ['11010519491231002X45', 'certificate-digits'],
    ['11010519491231002X', 'certificate-length'],
    ['11010519491231002144', 'id-check-digit'],
    ['1.10105E+19', 'id-mangled'],
  ])('%s is %s', (number, code) => {
    expect(card(number)).toMatchObject({ code })
  })
})
