import { describe, expect, it } from 'vitest'
import { unitOfHeader, withoutUnit } from './header-unit.ts'
import { unitOfName, unitStatements } from './unit-statements.ts'
import { readUnitWord } from './unit-words.ts'

describe('a word of a unit', () => {
  it.each([
    ['元', 2],
    ['万元', 6],
    ['萬 元', 6],
    ['千元', 5],
    ['仟元', 5],
    ['百元', 4],
    ['亿元', 10],
    ['百万元', 8],
    ['角', 1],
    ['分', 0],
    ['人民币万元', 6],
    ['万元人民币', 6],
    ['元/人·年', 2],
    ['1000元', 5],
    ['RMB', 2],
    ['￥', 2],
  ])('%s', (word, digits) => expect(readUnitWord(word, false)).toEqual({ digits }))

  it.each(['美元', 'USD', '港币', '＄', '欧元', '日元', '外币'])('%s is of another country', (word) =>
    expect(readUnitWord(word, false)).toHaveProperty('foreign'),
  )

  it('that nobody knows is called unknown where money is meant', () => {
    expect(readUnitWord('法币', true)).toEqual({ unknown: '法币' })
    expect(readUnitWord('万', true)).toEqual({ digits: 6 })
    for (const none of ['万', '户', '人', '必填', '扶贫办', '2019年'])
      expect(readUnitWord(none, false)).toBeUndefined()
  })
})

describe('the unit in a header', () => {
  it.each([
    ['医疗费总额（万元）', 6],
    ['医疗费总额(单位：千元)', 5],
    ['医疗费总额【万元】', 6],
    ['医疗费总额〔元〕', 2],
    ['医疗费总额：万元', 6],
    ['医疗费总额/元', 2],
    ['医疗费总额万元', 6],
    ['医疗费总额（单位:万元/年）', 6],
    ['收入支出情况（万元）›工资性收入', 6],
    ['工资性收入›万元', 6],
    ['工资性收入（必填）', undefined],
    ['工资性收入', undefined],
  ])('%s', (header, digits) => expect(unitOfHeader(header)).toEqual({ digits }))

  it('that contradicts itself, is foreign or unknown is a problem', () => {
    expect(unitOfHeader('收入（万元）›工资（元）')).toMatchObject({ problem: 'unit-contradictory' })
    expect(unitOfHeader('工资（美元）')).toMatchObject({ problem: 'currency-foreign' })
    expect(unitOfHeader('工资 USD')).toMatchObject({ problem: 'currency-foreign' })
    expect(unitOfHeader('工资（法币）')).toMatchObject({ problem: 'unit-unknown' })
  })

  it('goes away for the look-up of the name', () => {
    for (const header of ['工资（万元）', '工资：万元', '工资万元', '工资〔单位：元〕', '工资']) {
      expect(withoutUnit(header)).toBe('工资')
    }
    expect(withoutUnit('家庭人口（人）')).toBe('家庭人口(人)')
  })
})

describe('statements beside the table', () => {
  const stated = (...cells: string[]) => unitStatements(cells).map(({ word }) => word)
  it.each([
    [['金额单位：万元']],
    [['单位:万元']],
    [['计量单位： 万元']],
    [['单位：户、人、万元']],
    [['货币单位：人民币万元']],
    [['单位：', '', '万元']],
    [['某县家庭收入统计表（万元）']],
    [['（单位：万元）']],
    [['注：本表金额以万元为单位']],
    [['说明：金额单位为万元。']],
    [['万元']],
    [['单位万元']],
    [['金额单位：万 元']],
    [['单位：万（元）']],
    [['单位：萬圓']],
    [['单位：人民币（万元）']],
    [['币种：人民币 单位：万元']],
    [['单位：10,000元']],
    [['Unit: RMB 10,000']],
    [['金额：万元']],
    [['注：以上数据均为万元']],
  ])('%s', (cells) => {
    expect(stated(...cells)).not.toEqual([])
    for (const word of stated(...cells)) expect(word).toEqual({ digits: 6 })
  })

  it('are none in the names of organisations, figures and dates', () => {
    for (const cell of [
      '填报单位：扶贫办',
      '单位：临泉县扶贫办',
      '单位负责人：张三',
      '共计3万元',
      '2019年度',
      '单位：户',
    ])
      expect(stated(cell), cell).toEqual([])
  })

  it('that cannot be understood are named, never passed over', () => {
    expect(stated('金额单位：贯')).toEqual([{ unknown: '贯' }])
    expect(stated('金额单位：美元')).toEqual([{ foreign: '美元' }])
    expect(stated('币种：USD')).toEqual([{ foreign: 'USD' }])
    expect(stated('币种：人民币')).toEqual([{ digits: 2 }])
    expect(stated('注：工资性收入单位为万元，其余为元')[0]).toBeDefined()
    expect(stated('单位：元、万元')).toHaveLength(2)
    expect(stated('单位：K')).toEqual([{ unknown: 'K' }])
    expect(stated('货币：美元')).toEqual([{ foreign: '美元' }])
  })

  it('stand in the names of sheets and files', () => {
    expect(unitOfName('家庭收入（万元）.xlsx')).toEqual([{ digits: 6 }])
    expect(unitOfName('收入_万元')).toEqual([{ digits: 6 }])
    expect(unitOfName('收入_万元_20200310.xlsx')).toEqual([{ digits: 6 }])
    expect(unitOfName('income_wanyuan.csv')).toEqual([{ digits: 6 }])
    expect(unitOfName('income-yuan-2020.csv')).toEqual([{ digits: 2 }])
    for (const none of ['2020年3月', 'xian_yiyuan.csv', '收入超过3万元.xlsx', 'yuandong.xlsx'])
      expect([none, unitOfName(none)]).toEqual([none, []])
  })
})
