import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { findContradictions } from '#server/modules/registry/households/index.ts'
import { deliverCase, deliverOn, rowsOf } from '#test/harness/cases.ts'
import { openTestDatabase, type TestDatabase, testVault } from '#test/harness/database.ts'
import { openIntake } from '#test/harness/intake.ts'
import { decideReviews } from './batches/decide-reviews.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
  await t.database.pool.query(
    `insert into auth_user (id, name, email, email_verified, created_at, updated_at)
     values ('officer', '测试员', 'u1@accounts.invalid', false, now(), now())`,
  )
  for (const feed of ['household', 'member'])
    expect((await deliverCase(t.database, feed, `people/${feed}.csv`, '2019-12-31')).state).toBe('merged')
})
afterAll(() => t.close())

const bills = (file: string) => deliverCase(t.database, 'medical-settlement', `people/${file}.csv`)
const members = (no: string) =>
  rowsOf<{
    id: number
    member_no: string
    name: string
    numbered: boolean
    birth: string | null
    relation: string
  }>(
    t.database,
    `select p.id, p.member_no, p.name, p.id_cipher is not null as numbered, p.birth::text, p.relation
     from person p join household h on h.county = p.county and h.id = p.household_id
     where h.household_no = $1 and p.left_on is null order by p.member_no`,
    [no],
  )
const household = async (no: string) => {
  const [row] = await rowsOf<{
    member_count: number
    stated_count: number
    size_gap: number
    per_head: number | null
  }>(
    t.database,
    `select h.member_count, h.stated_count, h.size_gap, i.net_income_per_head_fen as per_head
     from household h left join indicator i on i.county = h.county and i.household_id = h.id where household_no = $1`,
    [no],
  )
  return row
}
const reviewsOf = (batch: number) =>
  rowsOf<{ no: number; doubt: string; name: string }>(
    t.database,
    `select r.row_no as no, r.match_class as doubt, p.name from batch_review r
     join person p on p.county = r.county and p.id = r.person_id where batch_id = $1 order by 1`,
    [batch],
  )
const head =
  '户编号,人编号,姓名,性别,证件类型,证件号码,出生日期,与户主关系,文化程度,劳动技能,自然增减原因,自然变更时间'
const memberFile = (...lines: string[]) => `${[head, ...lines].join('\n')}\n`
const deliverMembers = (asOf: string, ...lines: string[]) =>
  deliverOn(t.database, 'member', memberFile(...lines), asOf)

describe('numbers and names as they are written', () => {
  it('a last X that only looks like one, and what stands around a number, find the person exactly', async () => {
    const { counts } = await bills('10-id-last-X-lookalikes')
    expect(counts).toMatchObject({ total: 12, exact: 12, inserted: 12, rejected: 0, idOnly: 0 })
  })

  it('a name finds its person however its dot is written, in traditional characters too', async () => {
    await deliverCase(t.database, 'member', 'people/11a-register-members.csv')
    const { counts } = await bills('11b-middle-dot-variants')
    expect(counts).toMatchObject({ total: 15, exact: 15, inserted: 15, rejected: 0, idOnly: 0 })
  })

  it('a private-use code point is its character; a name that was lost is a question, and nothing is sent back', async () => {
    const { id, state, counts } = await bills('13-rare-name-characters')
    expect([state, counts]).toMatchObject([
      'merged',
      { total: 7, exact: 3, inserted: 3, rejected: 0, idOnly: 4 },
    ])
    const names = (await reviewsOf(id)).map(({ no, doubt, name }) => [no, doubt, name])
    expect(names).toEqual([
      [3, 'id-only', '李䶮'],
      [4, 'id-only', '李䶮'],
      [7, 'id-only', '张㛃'],
      [8, 'id-only', '张㛃'],
    ])
  })

  it('a file full of names nobody can read is held, as one whose rows went back would be', async () => {
    const line = (i: number) =>
      `寮犱?,341221198505122053,GARBLED${i},普通门诊,2020-03-01,2020-03-05,1000,600,400`
    const lines = Array.from({ length: 60 }, (_, i) => line(i))
    const text = [
      '姓名,证件号码,结算单号,就医类别,入院日期,结算日期,医疗费总额,基本医保支付,个人自付',
      ...lines,
    ]
    const { state } = await deliverOn(t.database, 'medical-settlement', text.join('\n'), '2020-03-10')
    expect(state).toBe('held')
  })
})

describe('members of other papers, and of none', () => {
  const no = '34042110000100002'

  it('each paper is a person, and so is who has none; the same file again is the same people', async () => {
    const file = 'people/27-foreign-spouse-and-no-id.csv'
    const first = await deliverCase(t.database, 'member', file)
    expect([first.state, first.counts]).toMatchObject(['merged', { total: 8, inserted: 8, rejected: 0 }])
    const before = await members(no)
    expect(before.slice(4).map(({ name, numbered, birth }) => [name, numbered, birth])).toEqual([
      ['阮氏兰', true, '1985-03-05'],
      ['阮氏兰', true, '1985-03-05'],
      ['阮氏兰', true, null],
      ['陈美兰', true, '1985-03-05'],
      ['林美兰', true, '1985-03-05'],
      ['小宝', false, null],
      ['小贝', false, null],
      ['黄美', true, null],
    ])
    expect((await household(no))?.member_count).toBe(12)
    const numbers = before
      .slice(9)
      .map(
        (one, i) =>
          `${no},${one.member_no},${one.name},女,,${i < 2 ? '无' : 'H0123456789'},,配偶,初中,普通劳动力,,`,
      )
    const all = [`${head},民族,健康状况`, ...numbers.map((line) => `${line},其他,健康`)].join('\n')
    const again = await deliverOn(t.database, 'member', `${all}\n`, '2020-03-11')
    expect(again.counts).toMatchObject({ total: 3, inserted: 0, rejected: 0 })
    expect((await members(no)).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  })

  it('a bill finds its person by passport or card as by any number', async () => {
    const text = `姓名,证件类型,证件号码,结算单号,就医类别,入院日期,结算日期,医疗费总额,基本医保支付,个人自付
阮氏兰,护照,B1234567,PASS1,普通门诊,2020-03-01,2020-03-05,1000,600,400
陈美兰,港澳台居民居住证,８１００００198503050024,PASS2,普通门诊,2020-03-01,2020-03-05,1000,600,400
`
    const { counts } = await deliverOn(t.database, 'medical-settlement', text, '2020-03-10')
    expect(counts).toMatchObject({ exact: 2, inserted: 2 })
  })

  it('a newborn gets a number, a name and a birthday later, and stays one child', async () => {
    const [baby] = (await members(no)).filter(({ numbered }) => !numbered)
    const born = await deliverMembers(
      '2020-03-12',
      `${no},3404211000010000275,陈小宝,女,,暂无,2020-01-05,之女,,普通劳动力,,`,
    )
    // A child of two months goes to no school and has no education; the row says one of them.
    expect(born.counts.rejected).toBe(1)
    const named = await deliverMembers(
      '2020-03-12',
      `${no},3404211000010000275,陈小宝,女,,暂无,2020-01-05,之女,文盲或半文盲,无劳动力,,`,
    )
    expect(named.counts).toMatchObject({ superseded: 1, inserted: 0 })
    const numbered = await deliverMembers(
      '2020-03-13',
      `${no},3404211000010000299,陈小宝,女,,340421202001050024,2020-01-05,之女,文盲或半文盲,无劳动力,,`,
    )
    expect(numbered.counts).toMatchObject({ superseded: 1, inserted: 0 })
    const now = await members(no)
    expect(now).toHaveLength(12)
    expect(now.find(({ id }) => id === baby?.id)).toMatchObject({
      name: '陈小宝',
      numbered: true,
      birth: '2020-01-05',
    })
  })

  it('twins without a number and a name of their own are two, however they are numbered', async () => {
    const twin = (memberNo: string) => `${no},${memberNo},婴儿,男,,无,2020-02-01,之子,文盲或半文盲,无劳动力,,`
    await deliverMembers('2020-03-14', twin('T1'), twin('T2'))
    const again = await deliverMembers('2020-03-15', twin('T3'), twin('T4'))
    expect(again.counts).toMatchObject({ inserted: 0, superseded: 2 })
    expect((await members(no)).filter(({ name }) => name === '婴儿')).toHaveLength(2)
  })

  it('a renewed card finds its person as the old one does', async () => {
    const [before] = (await members(no)).filter(({ name }) => name === '林美兰')
    const renewed = '934704198704060020'
    await deliverMembers(
      '2020-03-16',
      `${no},${before?.member_no},林美兰,女,护照,K1234567,1985-03-05,配偶,初中,普通劳动力,,`,
    )
    const [now] = (await members(no)).filter(({ name }) => name === '林美兰')
    expect(now?.id).toBe(before?.id)
    const text = (name: string, number: string, bill: string) =>
      `${name},${number},${bill},普通门诊,2020-03-01,2020-03-05,1000,600,400`
    const file = [
      '姓名,证件号码,结算单号,就医类别,入院日期,结算日期,医疗费总额,基本医保支付,个人自付',
      text('林美兰', '830000198503050028', 'OLD1'),
      text('林美兰', 'K1234567', 'NEW1'),
      text('王大力', '830000198503050028', 'OLD2'),
      text('林美兰', renewed, 'NEW2'),
    ].join('\n')
    const { counts } = await deliverOn(t.database, 'medical-settlement', file, '2020-03-16')
    expect(counts).toMatchObject({ exact: 2, unmatched: 2, rejected: 0 })
  })

  it('no number stands in the clear', async () => {
    const [row] = await rowsOf<{ cipher: Buffer; index: string }>(
      t.database,
      "select id_cipher as cipher, id_index as index from person where name = '黄美'",
    )
    expect(row && testVault.decrypt(row.cipher)).toBe('H0123456789')
    expect(row?.index).toBe(testVault.blindIndex('H0123456789'))
  })
})

describe('a second head', () => {
  const no = '34082210000100010'

  it('waits for a person, beside the head who is known', async () => {
    const { id, counts } = await deliverCase(t.database, 'member', 'people/26-second-head.csv')
    expect(counts).toMatchObject({ total: 2, inserted: 0, idOnly: 2, rejected: 0 })
    expect(await reviewsOf(id)).toEqual([
      { no: 2, doubt: 'second-head', name: '刘亥丁' },
      { no: 3, doubt: 'second-head', name: '刘亥丁' },
    ])
    expect(await members(no)).toHaveLength(2)
  })

  it('is taken when somebody says so', async () => {
    const { ref } = await deliverMembers(
      '2020-03-11',
      `${no},N9,赵大山,男,,341221197803104019,,户主,初中,普通劳动力,,`,
    )
    const intake = openIntake(t.database, '2020-03-11')
    const scope = { scope: { from: 0, to: 999_999_999_999 }, department: null }
    const outcome = await decideReviews(intake.deps, scope, ref, {
      rowNos: [2],
      decision: 'accepted',
      by: 'officer',
    })
    intake.close()
    expect(outcome).toMatchObject({ decided: 1, inserted: 1 })
    expect((await members(no)).map(({ name }) => name)).toContain('赵大山')
  })

  it('is no second one where the same file says that the first died or is head no longer', async () => {
    const at = '34040600100100006'
    const { counts } = await deliverMembers(
      '2020-03-12',
      `${at},3404060010010000601,张甲辰,男,,340406197906147894,,户主,初中,弱劳动力或半劳动力,死亡,2020-03-01`,
      `${at},3404060010010000602,杨寅壬,女,,340406198307184241,,户主,小学,普通劳动力,,`,
    )
    expect(counts).toMatchObject({ superseded: 2, idOnly: 0 })
    expect((await members(at)).filter(({ relation }) => relation === 'head').map(({ name }) => name)).toEqual(
      ['杨寅壬'],
    )
  })

  it('a number that somebody of another name bears in another household waits as well', async () => {
    const { id, counts } = await deliverMembers(
      '2020-03-12',
      `${no},N7,周某某,女,,340406198307184241,,之女,小学,普通劳动力,,`,
    )
    expect(counts).toMatchObject({ inserted: 0, idOnly: 1 })
    expect(await reviewsOf(id)).toEqual([{ no: 2, doubt: 'number-of-another', name: '杨寅壬' }])
  })
})

describe('a stated size that the members do not make up', () => {
  const no = '34122100120900007'
  const income = (year: number, wage: number) =>
    `户主姓名,户主证件号码,统计起始,统计截止,工资性收入\n张丙卯,341221197103197816,${year}-01-01,${year}-12-31,${wage}\n`

  it('is noted, and nothing is divided by the members that are known', async () => {
    await deliverOn(t.database, 'income', income(2019, 8000), '2020-01-20')
    expect(await household(no)).toMatchObject({ member_count: 2, size_gap: 0, per_head: 400_000 })
    await deliverCase(t.database, 'household', 'people/27b-household-says-five-people.csv')
    expect(await household(no)).toMatchObject({
      member_count: 2,
      stated_count: 5,
      size_gap: 3,
      per_head: null,
    })
    const linquan = areaScope(341_221_000_000)
    const { sizeDiffers } = await findContradictions(t.database.db, linquan, linquan, '2020-03-10')
    expect(sizeDiffers).toBe(1)
    // What was warned of before the size was known is kept, as no longer judged.
    const verdict = await rowsOf<{ n: number }>(
      t.database,
      `select count(*)::int as n from signal s join household h on h.id = s.household_id
       where h.household_no = $1 and s.rule = 'R22' and s.cleared_on is null and s.silent_since is null`,
      [no],
    )
    expect(verdict).toEqual([{ n: 0 }])
  })

  it('ends when the others are entered; one who comes later does not share what was earned before', async () => {
    const child = (i: number) =>
      `${no},C${i},张小${'甲乙丙'[i]},男,,无,201${i}-05-01,之子,文盲或半文盲,无劳动力,,`
    await deliverMembers('2020-03-11', child(0), child(1), child(2))
    expect(await household(no)).toMatchObject({ member_count: 5, size_gap: 0, per_head: 160_000 })
    await deliverMembers(
      '2020-03-12',
      `${no},C3,张小丁,男,,无,2020-03-11,之子,文盲或半文盲,无劳动力,新生儿,2020-03-11`,
    )
    expect(await household(no)).toMatchObject({ member_count: 6, size_gap: 0, per_head: 160_000 })
  })
})
