import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clueProjections } from '#server/modules/clues/writing/index.ts'
import { screenAsKnown } from '#server/modules/screening/index.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { compareProjections } from '#server/platform/projections/keep.ts'
import { deliverCase, deliverOn, rowsOf } from '#test/harness/cases.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { coverFrom } from '#test/harness/facts.ts'
import { idNumber, villages } from '#test/harness/intake.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
  there = (await villages(t.database)).elsewhere
  await coverFrom(t.database.db, ['illness', 'medical-settlement'], 341_222, '2020-03-01')
})
afterAll(() => t.close())

const here = 341_221_101_201
let there = 0
const days = { from: '2019-12-01', to: '2020-03-09' }

/** A household file line and member lines; the first member is the head. */
interface Home {
  no: string
  village?: number
  members: readonly {
    name: string
    idNumber: string
    no?: string
    change?: string
    on?: string
    relation?: string
  }[]
  stated?: number
}

const householdHead =
  '户编号,行政村代码,村民小组,户主姓名,户主证件号码,是否建档立卡户,贫困户属性,脱贫标志,脱贫年份,监测对象类型,家庭人口'
const memberHead =
  '户编号,人编号,姓名,性别,证件号码,与户主关系,劳动能力,健康状况,自然增减原因,自然变更时间,文化程度'

async function register(
  asOf: string,
  homes: readonly Home[],
  feeds: readonly string[] = ['household', 'member'],
) {
  const households = homes.map(({ no, village = here, members, stated = members.length }) => {
    const [head] = members
    return `${no},${village},1组,${head?.name},${head?.idNumber},是,一般贫困户,脱贫,2017,,${stated}`
  })
  const members = homes.flatMap(({ no, members }) =>
    members.map(
      ({ name, idNumber: number, no: memberNo = `${no}-${name}`, change = '', on = '', relation }, i) => {
        const sex = Number(number[16]) % 2 === 1 ? '男' : '女'
        const to = relation ?? (i === 0 ? '户主' : '之子')
        return `${no},${memberNo},${name},${sex},${number},${to},普通劳动力,健康,${change},${on},小学`
      },
    ),
  )
  const files = { household: [householdHead, ...households], member: [memberHead, ...members] }
  for (const feed of feeds) {
    const { state, counts } = await deliverOn(
      t.database,
      feed,
      `${files[feed as 'member'].join('\n')}\n`,
      asOf,
    )
    expect([feed, state, counts.rejected, counts.idOnly ?? 0]).toEqual([
      feed,
      expect.stringMatching(/merged|unchanged/),
      0,
      0,
    ])
  }
}

const ill = (asOf: string, name: string, number: string) =>
  deliverOn(
    t.database,
    'illness',
    `姓名,证件号码,类型,病种,专项救治病种,确诊日期,转归,转归日期\n${name},${number},确诊病例,新型冠状病毒肺炎,否,2020-03-01,在治,\n`,
    asOf,
  )
const bill = (asOf: string, name: string, number: string, no: string, paid = 6000) =>
  deliverOn(
    t.database,
    'medical-settlement',
    `姓名,证件号码,结算单号,就医类别,入院日期,结算日期,医疗费总额,基本医保支付,个人自付\n${name},${number},${no},住院,2020-02-01,2020-03-01,${paid + 1000},1000,${paid}\n`,
    asOf,
  )

/** What is known of a household: its figures, the rules that hold, its open clues, and facts by person, newest known alone. */
async function standing(no: string) {
  const [row] = await rowsOf<Record<string, unknown>>(
    t.database,
    `select h.county, i.epidemic_members as ill, i.inpatient_self_paid_year_fen as paid, i.household_size as size,
       i.net_income_per_head_fen as "perHead",
       array(select s.rule from signal s where s.county = h.county and s.household_id = h.id and s.cleared_on is null
         order by 1) as rules,
       array(select c.cause from clue c where c.county = h.county and c.household_id = h.id and c.closed_on is null
         order by 1) as clues,
       (select count(*)::int from medical_settlement f where f.county = h.county and f.household_id = h.id
         and f.known_until is null) as bills,
       array(select distinct e.fact from signal_evidence e join signal s on s.county = e.county and s.id = e.signal_id
         and s.cleared_on is null where e.county = h.county and e.household_id = h.id order by 1) as evidence
     from household h left join indicator i on i.county = h.county and i.household_id = h.id
     where h.household_no = $1 and h.closed_on is null`,
    [no],
  )
  return row
}

const live = (number: string) =>
  rowsOf<{ n: number; elsewhere: number }>(
    t.database,
    `select count(*)::int as n, count(*) filter (where f.person_id <> p.id)::int as elsewhere
     from medical_settlement f join person p on p.county = f.county and p.id = f.person_id
     where f.known_until is null and f.settlement_no like $1`,
    [`${number}%`],
  )

async function pastRules(asOf: string, knownAt: Date, no: string) {
  return inTransaction(t.database, async (session) => {
    await screenAsKnown(session, { asOf, knownAt, households: 'all' })
    const { rows } = await sql<{ rule: string }>`
      select k.rule from known_hit k join household h on h.county = k.county and h.id = k.household_id
      where h.household_no = ${no} order by 1`.execute(session.db)
    return rows.map(({ rule }) => rule)
  })
}

describe('a person who founds a household', () => {
  const at = (file: string) => `people/person-moves-household/${file}.csv`

  it('takes a confirmed infection along: figure, evidence, signal and clue; the other household has none of it', async () => {
    await deliverCase(t.database, 'household', at('01-household-2019-12-01'), '2019-12-01')
    await deliverCase(t.database, 'member', at('02-member-2019-12-01'), '2019-12-01')
    await deliverCase(t.database, 'illness', at('03-illness-2020-03-05'), '2020-03-05')
    expect(await standing('A')).toMatchObject({ ill: 1, size: 2, rules: ['R07'], clues: ['epidemic'] })
    const before = new Date('2020-03-06T00:00:00Z')
    await deliverCase(t.database, 'household', at('05-household-2020-03-09'), '2020-03-09')
    await deliverCase(t.database, 'member', at('06-member-2020-03-09'), '2020-03-09')
    expect(await standing('A')).toMatchObject({ ill: 0, size: 1, rules: [], clues: [], evidence: [] })
    expect(await standing('B')).toMatchObject({
      ...{ ill: 1, size: 1, rules: ['R07'], clues: ['epidemic'], evidence: ['illness'] },
    })
    // What was known before is what it was.
    expect(await pastRules('2020-03-06', before, 'A')).toContain('R07')
    expect(await pastRules('2020-03-06', before, 'B')).toEqual([])
  })
})

describe('income is divided by who shared it', () => {
  const [a, b, c] = [idNumber(801), idNumber(803), idNumber(805)]
  const income = (name: string, number: string, wage: number) =>
    deliverOn(
      t.database,
      'income',
      `户主姓名,户主证件号码,统计起始,统计截止,工资性收入\n${name},${number},2019-01-01,2019-12-31,${wage}\n`,
      '2020-01-20',
    )

  it('who left since shared it, who came since did not; a new household has none yet', async () => {
    await register(days.from, [
      {
        no: 'S1',
        members: [
          { name: '孙甲', idNumber: a },
          { name: '孙乙', idNumber: b },
        ],
      },
    ])
    await register(days.from, [{ no: 'S2', members: [{ name: '李甲', idNumber: c }] }])
    await income('孙甲', a, 20_000)
    await income('李甲', c, 9000)
    expect((await standing('S1'))?.perHead).toBe(1_000_000)
    await register(days.to, [
      {
        no: 'S2',
        members: [
          { name: '李甲', idNumber: c },
          { name: '孙乙', idNumber: b, relation: '配偶' },
        ],
      },
    ])
    expect(await standing('S1')).toMatchObject({ size: 1, perHead: 1_000_000 })
    expect(await standing('S2')).toMatchObject({ size: 2, perHead: 900_000 })
  })
})

describe('lives', () => {
  const [a, b, c, d] = [idNumber(811), idNumber(813), idNumber(815), idNumber(817)]

  it('two households become one: nothing counts twice, nothing nowhere', async () => {
    await register(days.from, [
      { no: 'M1', members: [{ name: '周甲', idNumber: a }] },
      {
        no: 'M2',
        members: [
          { name: '周乙', idNumber: b },
          { name: '周丙', idNumber: c },
        ],
      },
    ])
    await bill('2020-03-05', '周甲', a, 'M-A')
    await bill('2020-03-05', '周乙', b, 'M-B')
    await bill('2020-03-05', '周丙', c, 'M-C', 100)
    await register(days.to, [
      {
        no: 'M1',
        members: [
          { name: '周甲', idNumber: a },
          { name: '周乙', idNumber: b, relation: '配偶' },
          { name: '周丙', idNumber: c },
        ],
      },
    ])
    expect(await standing('M1')).toMatchObject({ size: 3, bills: 3, paid: 1_210_000 })
    expect(await standing('M2')).toBeUndefined()
    const [one] = await live('M-')
    expect(one).toEqual({ n: 3, elsewhere: 0 })
    // The department sends the bill again: it is known already, where the person is now.
    expect((await bill('2020-03-10', '周乙', b, 'M-B')).counts).toMatchObject({ inserted: 0, unchanged: 1 })
  })

  it('who leaves and comes back brings everything back', async () => {
    await register(days.from, [
      {
        no: 'R1',
        members: [
          { name: '吴甲', idNumber: d },
          { name: '吴乙', idNumber: idNumber(819) },
        ],
      },
      { no: 'R2', members: [{ name: '郑甲', idNumber: idNumber(821) }] },
    ])
    await bill('2020-03-02', '吴乙', idNumber(819), 'R-1')
    await register('2020-03-03', [
      {
        no: 'R2',
        members: [
          { name: '郑甲', idNumber: idNumber(821) },
          { name: '吴乙', idNumber: idNumber(819) },
        ],
      },
    ])
    await bill('2020-03-04', '吴乙', idNumber(819), 'R-2')
    expect([(await standing('R1'))?.bills, (await standing('R2'))?.bills]).toEqual([0, 2])
    // The file of the first household has him again, as its own record always had: nothing about him is new but where he lives.
    await register('2020-03-05', [
      {
        no: 'R1',
        members: [
          { name: '吴甲', idNumber: d },
          { name: '吴乙', idNumber: idNumber(819), no: 'R1-again' },
        ],
      },
    ])
    expect([(await standing('R1'))?.bills, (await standing('R2'))?.bills]).toEqual([2, 0])
    expect([(await standing('R1'))?.size, (await standing('R2'))?.size]).toEqual([2, 1])
  })

  it('who left before the new household was entered is followed no less', async () => {
    const [x, y, z] = [idNumber(823), idNumber(825), idNumber(827)]
    await register(days.from, [
      {
        no: 'L1',
        members: [
          { name: '冯甲', idNumber: x },
          { name: '冯乙', idNumber: y },
        ],
      },
    ])
    await bill('2020-03-02', '冯乙', y, 'L-1')
    await register('2020-03-03', [
      {
        no: 'L1',
        members: [
          { name: '冯甲', idNumber: x },
          { name: '冯乙', idNumber: y, change: '嫁出', on: '2020-03-02' },
        ],
        stated: 1,
      },
    ])
    expect(await standing('L1')).toMatchObject({ size: 1, bills: 1 })
    await register('2020-03-06', [
      {
        no: 'L2',
        members: [
          { name: '陈甲', idNumber: z },
          { name: '冯乙', idNumber: y, relation: '配偶' },
        ],
      },
    ])
    expect([(await standing('L1'))?.bills, (await standing('L2'))?.bills]).toEqual([0, 1])
  })

  it('a corrected number keeps what came under the old one, and the old one goes on finding the person by name', async () => {
    const [wrong, right] = [idNumber(829), idNumber(831)]
    await register(days.from, [{ no: 'N1', members: [{ name: '褚甲', idNumber: wrong, no: 'N1-1' }] }])
    await bill('2020-03-02', '褚甲', wrong, 'N-1')
    await register('2020-03-03', [{ no: 'N1', members: [{ name: '褚甲', idNumber: right, no: 'N1-1' }] }])
    await bill('2020-03-04', '褚甲', right, 'N-2')
    await bill('2020-03-05', '褚甲', wrong, 'N-3')
    expect(await standing('N1')).toMatchObject({ size: 1, bills: 3, paid: 1_800_000 })
    // Somebody else bears that number in truth: from then on it is theirs alone.
    await register('2020-03-06', [{ no: 'N2', members: [{ name: '卫甲', idNumber: wrong }] }])
    expect((await bill('2020-03-07', '卫甲', wrong, 'N-4')).counts).toMatchObject({ exact: 1, inserted: 1 })
    expect((await bill('2020-03-07', '褚甲', wrong, 'N-5')).counts).toMatchObject({ exact: 0, idOnly: 1 })
    expect([(await standing('N1'))?.bills, (await standing('N2'))?.bills]).toEqual([3, 1])
  })
})

describe('a household that moves to another county', () => {
  const [a, b] = [idNumber(841), idNumber(843)]
  const home = (village: number): Home => ({
    ...{ no: '34122110120199001', village },
    members: [
      { name: '蒋甲', idNumber: a },
      { name: '蒋乙', idNumber: b },
    ],
  })
  const identity = () =>
    rowsOf<{ county: number; ref: string; n: number }>(
      t.database,
      `select county, ref::text, (select count(*)::int from person p where p.household_id = h.id and p.county = h.county
         and left_on is null) as n from household h where household_no = $1`,
      ['34122110120199001'],
    )

  it('is one household there, with all that is known of it and its open work; the old county is told', async () => {
    await register(days.from, [home(here)])
    await ill('2020-03-02', '蒋乙', b)
    await bill('2020-03-02', '蒋甲', a, 'C-1')
    const [before] = await identity()
    const [clue] = await rowsOf<{ id: string }>(
      t.database,
      'select id from clue where household_id in (select id from household where household_no = $1) and cause = $2',
      ['34122110120199001', 'epidemic'],
    )
    await register('2020-03-06', [home(there)], ['household'])
    expect(await identity()).toEqual([{ county: 341_222, ref: before?.ref, n: 2 }])
    expect(await standing('34122110120199001')).toMatchObject({
      ...{ county: 341_222, size: 2, ill: 1, bills: 1, paid: 600_000 },
      clues: expect.arrayContaining(['epidemic']),
    })
    expect(
      await rowsOf(t.database, 'select county, village, id from clue where id = $1', [clue?.id]),
    ).toEqual([{ county: 341_222, village: there, id: clue?.id }])
    expect(
      await rowsOf(
        t.database,
        'select county, to_county, village, to_village, household_no, moved_on::text from household_move',
      ),
    ).toEqual([
      {
        ...{ county: 341_221, to_county: 341_222, village: here, to_village: there },
        ...{ household_no: '34122110120199001', moved_on: '2020-03-06' },
      },
    ])
    // Its members come under the same number, and are who they were; new bills find them there.
    await register('2020-03-07', [{ ...home(there), stated: 2 }], ['member']).catch(() => undefined)
    expect((await bill('2020-03-07', '蒋乙', b, 'C-2')).counts).toMatchObject({ exact: 1, inserted: 1 })
    expect(await standing('34122110120199001')).toMatchObject({ size: 2, bills: 2, paid: 1_200_000 })
  })

  it('and back: nothing is doubled or lost, and every tally is what it counts', async () => {
    await register('2020-03-08', [home(here)], ['household'])
    expect(await identity()).toMatchObject([{ county: 341_221, n: 2 }])
    expect(await standing('34122110120199001')).toMatchObject({ county: 341_221, size: 2, bills: 2, ill: 1 })
    const spells = await rowsOf(
      t.database,
      `select s.county, s.opened_because as opened, s.closed_because as closed from category_spell s
       join household h on h.id = s.household_id where h.household_no = $1 and s.until_on is distinct from s.from_on
       order by s.from_on, s.id`,
      ['34122110120199001'],
    )
    expect(spells.slice(-3)).toMatchObject([
      { county: 341_221, closed: 'moved' },
      { county: 341_222, opened: 'moved', closed: 'moved' },
      { county: 341_221, opened: 'moved', closed: null },
    ])
    expect(await compareProjections(t.database, [clueProjections])).toEqual([])
  })

  it('the same number in another county with another head is another household', async () => {
    await register(
      '2020-03-09',
      [{ no: '34122110120199001', village: there, members: [{ name: '沈甲', idNumber: idNumber(845) }] }],
      ['household'],
    )
    expect((await identity()).map(({ county }) => county).toSorted()).toEqual([341_221, 341_222])
  })
})
