import { afterAll, beforeAll, expect, it } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { getBatch } from '#server/modules/intake/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { openIntake, registerPeople, type TestIntake, type TestPerson } from '#test/harness/intake.ts'
import { nothingTaken, sizesText, unitText } from './intake-texts.ts'

let t: TestDatabase
let intake: TestIntake
let people: TestPerson[]
beforeAll(async () => {
  t = await openTestDatabase()
  intake = openIntake(t.database)
  people = await registerPeople(t.database, intake, 2)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

const header = '户主姓名,户主证件号码,统计起始,统计截止,工资性收入'
async function endOf(...lines: string[]) {
  const { ref, state } = await intake.deliver('income', [header, ...lines, ''].join('\n'))
  const everything = { scope: areaScope(340_000_000_000), department: null }
  return [
    state,
    nothingTaken(await getBatch(intake.deps, everything, ref))
      ?.replace(ref, '…')
      .replace(ref, '…'),
  ]
}
const lineOf = (i: number, wage: string) =>
  `${people[i]?.name},${people[i]?.idNumber},2019-01-01,2019-12-31,${wage}`

it('an import that left nothing says so, and why', async () => {
  expect(await endOf(lineOf(0, '约500'), lineOf(1, '?'))).toEqual([
    'merged',
    '批次 …：没有一行入库。共 2 行：2 行退回（用 rejects … 取回，改好再导入）。',
  ])
  expect(await endOf(lineOf(0, '约500'), '测试路人,341221199001011239,2019-01-01,2019-12-31,500')).toEqual([
    'merged',
    expect.stringMatching(/没有一行入库。共 2 行：/),
  ])
  expect(await endOf('合计,,,,500')).toEqual(['merged', expect.stringContaining('没有一行是数据')])
  expect(await endOf(lineOf(0, '18600'), lineOf(1, '约500'))).toEqual(['merged', undefined])
  expect(await endOf(lineOf(0, '18600'))).toEqual([expect.any(String), undefined])
})

it('a unit that differs between sheets is named by sheet and cell, one that is missing too', () => {
  const text = (other: { text: string; cell: string }) =>
    unitText(new AppError('unit-contradictory', { text: '单位：万元', cell: '城关镇!F2', other }))
  expect(text({ text: '单位：元', cell: '杨桥镇!F2' })).toContain(
    '城关镇!F2 格写着“单位：万元”，杨桥镇!F2 却写着“单位：元”',
  )
  expect(text({ text: '', cell: '杨桥镇' })).toContain('杨桥镇 却没有写')
})

it('a file of the register says in how many households size and members differ', () => {
  expect(sizesText({ sizeDiffers: 3 })).toContain('有 3 户')
  expect(sizesText({ sizeDiffers: 0 })).toContain('都相符')
})
