import { expect, test } from 'vitest'
import { formatBytes, formatChange, formatCount, formatFigure, formatInstant, formatYuan } from './format.ts'

test('numbers are grouped, money has its 分', () => {
  expect(formatCount(1284)).toBe('1,284')
  expect(formatYuan(123450)).toBe('1,234.50')
  expect(formatYuan(-5)).toBe('-0.05')
})

test('a change always says its direction', () => {
  expect([37, -4, 0, -1200].map(formatChange)).toEqual(['+37', '−4', '±0', '−1,200'])
})

test('a figure is read in its unit and language', () => {
  expect(formatFigure(1_234_500, 'fen', 'zh-CN')).toBe('12,345.00 元')
  expect(formatFigure(1_234_500, 'fen', 'en-US')).toBe('12,345.00 yuan')
  expect(formatFigure(4, 'grade', 'zh-CN')).toBe('D')
  expect(formatFigure(3000, 'bp', 'zh-CN')).toBe('30%')
  expect(formatFigure(3333, 'bp', 'zh-CN')).toBe('33.3%')
  expect(formatFigure(185, 'litres', 'en-US')).toBe('18.5 litres')
  expect([1, 0].map((value) => formatFigure(value, 'bool', 'zh-CN'))).toEqual(['是', '否'])
  expect(formatFigure(0, 'bool', 'en-US')).toBe('no')
  expect([1, 2].map((value) => formatFigure(value, 'count', 'en-US'))).toEqual(['1 person', '2 people'])
  expect(formatFigure(12, 'days', 'zh-CN')).toBe('12 天')
})

test('an instant is a day and minute in China, whatever the machine thinks', () => {
  expect(formatInstant('2020-03-09T23:30:00.000Z')).toBe('2020-03-10 07:30')
})

test('sizes of files', () => {
  expect([900, 2048, 3_145_728, 70_330_000_000].map(formatBytes)).toEqual([
    ...['900 B', '2 KB', '3.0 MB', '65.5 GB'],
  ])
})
