import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exportNumber, findMarks, findNumbers, hiddenMark } from './marks.ts'

const serials = fc.nat({ max: 2 ** 32 - 1 })

it('is read again from any text it stands in', () => {
  fc.assert(
    fc.property(serials, fc.string(), fc.string(), (serial, before, after) => {
      expect(findMarks(`${before}|${hiddenMark(serial)}|${after}`)).toEqual([{ serial, times: 1 }])
      expect(findNumbers(`编号 ${exportNumber(serial)}，`)).toEqual([serial])
    }),
  )
})

it('cannot be seen, and trimming leaves it', () => {
  const text = `住院${hiddenMark(77)}`
  expect(text.trim()).toBe(text)
  expect(hiddenMark(77)).toMatch(/^[\u200b-\u200d\u2060]{20}$/)
})

it('is not found where it was cut or changed', () => {
  const mark = hiddenMark(123456)
  expect(findMarks(mark.slice(1))).toEqual([])
  expect(findMarks(mark.replace('\u200c', '\u200d'))).toEqual([])
  expect(findNumbers('E000123-0 E000123-1 E000123-2').length).toBeLessThanOrEqual(1)
})
