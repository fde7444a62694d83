import { expect, test } from 'vitest'
import { toCsv } from './csv.ts'

test('a table for Excel begins with a byte order mark and ends every row', () => {
  expect(toCsv(['区划', '红'], [['临泉县', 3]])).toBe('\uFEFF区划,红\r\n临泉县,3\r\n')
})

test('commas, quotes and line breaks stay inside their cell; nothing is empty by accident', () => {
  expect(toCsv(['a', 'b', 'c'], [['x,y', 'say "no"', null]])).toBe('\uFEFFa,b,c\r\n"x,y","say ""no""",\r\n')
  expect(toCsv(['a'], [['one\ntwo']])).toBe('\uFEFFa\r\n"one\ntwo"\r\n')
})

test('no cell becomes a formula, negative numbers included', () => {
  expect(toCsv(['a', 'b'], [['=1+1', -4]])).toBe("\uFEFFa,b\r\n'=1+1,'-4\r\n")
})
