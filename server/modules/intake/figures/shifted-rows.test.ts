import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { openIntake, type TestIntake } from '#test/harness/intake.ts'

const folder = path.resolve(import.meta.dirname, '../../../../test/cases')

let t: TestDatabase
let intake: TestIntake
beforeAll(async () => {
  t = await openTestDatabase()
  const registry = openIntake(t.database, '2019-12-31')
  for (const feed of ['household', 'member'])
    await registry.deliver(feed, readFileSync(path.join(folder, `registry/${feed}.csv`)))
  registry.close()
  intake = openIntake(t.database)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

const header = '户主姓名,户主证件号码,统计起始,统计截止,工资性收入,生产经营性支出'
const people = [
  '张戊巳,340102195710058637',
  '胡辛丑,340102193212132831',
  '孙巳丙,34010419360515919X',
  '王子乙,340104193409304978',
  '王午戊,340104193402268337',
]
const fileOf = (amounts: readonly string[], whose: readonly string[] = people) =>
  `${[header, ...amounts.map((amount, i) => `${whose[i]},2019-01-01,2019-12-31,${amount}`)].join('\n')}\n`

it('a comma in an amount without quotation marks sends the row back, not its neighbour in', async () => {
  const { id, counts } = await intake.deliver('income', fileOf(['18600,0', '18,600,2,000', '"9,500",100']))
  expect(counts).toMatchObject({ total: 3, rejected: 1 })
  const { rows } = await t.database.pool.query(
    'select row_no, reasons from batch_reject where batch_id = $1 order by 1',
    [id],
  )
  expect(rows).toEqual([{ row_no: 3, reasons: [{ key: '', code: 'too-many-cells' }] }])
})

const rejectsOf = async (id: number) => {
  const { rows } = await t.database.pool.query<{ no: number; reasons: { code: string; key: string }[] }>(
    'select row_no as no, reasons from batch_reject where batch_id = $1 order by 1',
    [id],
  )
  return rows.map(({ no, reasons }) => [no, ...reasons.map(({ code, key }) => `${code} ${key}`.trim())])
}

it('a quotation mark without another sends its row back, and none of those behind it', async () => {
  const file = fileOf(['18600,0', '17200,0', '19800,0', '16400,0', '15500,0']).replace('胡', '"胡')
  const { id, counts } = await intake.deliver('income', file)
  expect(counts).toMatchObject({ total: 5, rejected: 1 })
  expect(await rejectsOf(id)).toEqual([[3, 'quote-open']])
})

describe('a row that ends before its header', () => {
  it('comes back where others fill what it lacks, and where the file ends in it', async () => {
    const cut = await intake.deliver('income', fileOf(['18600,0', '17200', '19800,1', '16400,2', '15500,3']))
    expect(await rejectsOf(cut.id)).toEqual([[3, 'too-few-cells businessCost']])
    const whole = fileOf(['18600,0', '17200,900'])
    for (const end of [4, 5, 8, 20, 40]) {
      const { id } = await intake.deliver('income', whole.slice(0, -end))
      expect([end, (await rejectsOf(id)).map(([no]) => no)]).toEqual([end, [3]])
    }
  })

  it('is whole where nobody fills the columns behind it, or where that is how the file is written', async () => {
    const empty = await intake.deliver('income', fileOf(['18600', '17200', '19800,']))
    expect(await rejectsOf(empty.id)).toEqual([])
    const lines = people.map((person) => `${person},低保,2019-01-01,,300`)
    const assistance = (ends: string[]) =>
      `姓名,证件号码,救助类型,享受起,享受止,月补助额,停发原因\n${lines.map((line, i) => `${line}${ends[i]}\n`).join('')}`
    const noted = await intake.deliver('social-assistance', assistance(['', '', ',收入增加', '', '']))
    expect(await rejectsOf(noted.id)).toEqual([])
    const alone = await intake.deliver('social-assistance', assistance([',a', '', ',收入增加', ',b', ',c']))
    expect(await rejectsOf(alone.id)).toEqual([[3, 'too-few-cells stopReason']])
  })
})

it('a correction of which every row comes back is held, and takes nothing back', async () => {
  const first = await intake.deliver('income', fileOf(['18600,0']))
  const second = await intake.deliver('income', fileOf(['约18600,0']), { corrects: first.ref })
  expect(second.state).toBe('held')
  const { rows } = await t.database.pool.query(
    'select wage_fen as wage from income_statement where batch_id = $1 and known_until is null',
    [first.id],
  )
  expect(rows).toEqual([{ wage: 1_860_000 }])
})

it('a few rows in another unit are held, whoever they are about', async () => {
  expect((await intake.deliver('income', fileOf(['18600,0', '17200,0', '19800,0']))).state).toBe('merged')
  const others = ['王丙午,340111197008029452', '刘壬巳,34011119880316333X', '吴卯甲,340122194002247219']
  for (const amounts of [
    ['186000000,0', '172000000,0', '198000000,0'],
    ['1.86,0', '1.72,0', '1.98,0'],
  ]) {
    const { state } = await intake.deliver('income', fileOf(amounts, others))
    expect([amounts[0], state]).toEqual([amounts[0], 'held'])
  }
})

it('a row without any amount is no income of 0', async () => {
  const whose = ['杨午己,340123194602095737']
  expect((await intake.deliver('income', fileOf([','], whose))).state).toBe('merged')
  const { rows } = await t.database.pool.query(
    `select i.net_income_per_head_fen as income, (select count(*)::int from signal s
       where s.county = i.county and s.household_id = i.household_id) as signals
     from indicator i join household h on h.county = i.county and h.id = i.household_id
     where h.head_name = '杨午己'`,
  )
  expect(rows).toEqual([{ income: null, signals: 0 }])
})
