import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { birthOf, checkDigitOf, sexOf, widenIdNumber } from '#server/platform/id-number.ts'
import { daysInMonth } from './calendar.ts'
import { faultOf } from './id-number.ts'
import { readDisabilityCard, readIdNumber } from './read-id-number.ts'

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
  ])('%s is %s', (cell, code) => {
    const sealed = code === 'id-region' || code === 'id-birth' ? cell.slice(0, 17) + checkDigitOf(cell) : cell
    expect(read(sealed)).toMatchObject({ code })
  })

  test('someone born on the day of the batch may have a number', () => {
    const head = '11010120200310001'
    expect(read(head + checkDigitOf(head))).toBe(head + checkDigitOf(head))
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
