import { describe, expect, it } from 'vitest'
import { type FeedDefinition, findFeed } from '#server/modules/feeds/index.ts'
import { mapCutNames } from './cut-names.ts'

function feedOf(code: string): FeedDefinition {
  const feed = findFeed(code)
  if (!feed) throw new Error(code)
  return feed
}
const income = feedOf('income')
const first = ['户主姓名', '户主证件号', '统计起始', '统计截止']

describe('names cut to ten bytes', () => {
  it('find their column, those cut in the middle of a character too', () => {
    const { mapping, ambiguous } = mapCutNames(
      feedOf('medical-settlement'),
      [
        '姓名',
        '证件号码',
        '结算单号',
        '就医类别',
        '结算日期',
        '医疗费总额',
        '基本医保支',
        '大病保险支',
        '个人自付',
      ],
      'gb18030',
    )
    expect(ambiguous).toEqual([])
    expect(mapping).toMatchObject({ total: '医疗费总额', basicPaid: '基本医保支', seriousPaid: '大病保险支' })
    // Three letters and a byte of the fourth, which is gone.
    expect(mapCutNames(income, ['户主姓', '户主证', '工资性', '合规自'], 'utf-8').mapping).toMatchObject({
      wage: '工资性',
      selfPaid: '合规自',
    })
  })

  it('of one stem are told apart in the order of the layout, and by nothing else', () => {
    const whole = [...first, '工资性收入', '生产经营性', '其他转移性', '生产经营性(2)', '合规自付支']
    expect(mapCutNames(income, whole, 'gb18030')).toEqual({
      mapping: expect.objectContaining({
        businessGross: '生产经营性',
        otherTransfer: '其他转移性',
        businessCost: '生产经营性(2)',
        selfPaid: '合规自付支',
      }),
      ambiguous: [],
    })
    const like = ['businessGross', 'businessCost']
    for (const headers of [
      [...first, '工资性收入', '生产经营性', '合规自付支'],
      [...first, '生产经营性', '生产经营性(2)', '工资性收入'],
      [...first, '合规自付支', '生产经营性', '生产经营性(2)'],
    ]) {
      const { mapping, ambiguous } = mapCutNames(income, headers, 'gb18030')
      expect(ambiguous.every((one) => one.like.join() === like.join())).toBe(true)
      expect(ambiguous.length).toBeGreaterThan(0)
      expect(Object.keys(mapping)).not.toEqual(expect.arrayContaining(['businessGross']))
    }
  })

  it('that programs numbered are of one stem as well', () => {
    const { mapping } = mapCutNames(
      income,
      [...first, '工资性收入', '生产经营性', '生产经营_1', '合规自付支'],
      'gb18030',
    )
    expect(mapping).toMatchObject({ businessGross: '生产经营性', businessCost: '生产经营_1' })
  })

  it('leave short names as they are', () => {
    expect(mapCutNames(income, ['户主', '备注', '工资'], 'gb18030').mapping).toEqual({ name: '户主' })
  })
})
