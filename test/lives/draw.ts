import fc, { type GeneratorValue } from 'fast-check'
import { addDays, addMonths, daysBetween } from '#contract/days.ts'

/** Rows as departments send them: column key → cell. */
export type Sent = Record<string, string>

export interface Delivery {
  feed: string
  asOf: string
  rows: readonly Sent[]
  /** Place of the delivery it corrects, among all in their order of arrival. */
  corrects: number | null
}

export interface Person {
  household: string
  name: string
  idNumber: string
}

/** What the register hears of before a delivery: a household went to another county, or back; somebody has another number. */
export type Change = { before: number } & (
  | { moves: string; abroad: boolean }
  | { renumbers: Person; to: string }
)

export interface Lives {
  households: { no: string; persons: Person[] }[]
  /** In the order of arrival: late, corrected, dated back. */
  deliveries: Delivery[]
  /** In their order. */
  changes: Change[]
  /** Settlement number → the stay it is a bill of. */
  stays: ReadonlyMap<string, string>
}

export const today = '2020-03-10'
const first = '2017-06-01'
const span = daysBetween(first, today)

/** The facts of a life, each a row of its feed with the day on which it can be told of at the earliest. */
interface Fact {
  feed: string
  row: Sent
  from: string
}

/**
 * Draws what happens to people and in which files, late and out of order, it is told: a part of the rows is wrong at first and corrected
 * by a later row of the same key, some files take the place of earlier ones and leave rows out.
 */
export function drawLives(
  g: GeneratorValue,
  persons: readonly Person[][],
  numberOf: (n: number) => string,
): Lives {
  const draw = drawer(g)
  const stays = new Map<string, string>()
  const facts: Fact[] = persons.flatMap((home, i) => [
    ...statementsOf(draw, home[0]),
    ...watersOf(draw, home[0]),
    ...dwellingsOf(draw, home[0]),
    ...home.flatMap((person, n) => [
      ...billsOf(draw, person, `${i}-${n}`, stays),
      ...insurancesOf(draw, person),
      ...certificatesOf(draw, person),
      ...monthsOf(draw, person),
      ...termsOf(draw, person),
    ]),
  ])
  const deliveries = deliver(draw, facts)
  const changes = changesOf(draw, persons, deliveries.length, numberOf)
  return {
    households: persons.map((home) => ({ no: home[0]?.household ?? '', persons: home })),
    deliveries: deliveries.map((one, n) => withNumbers(draw, one, n, changes)),
    changes,
    stays,
  }
}

/** Some households go to the other county, some of them back; some people get another number. */
function changesOf(
  draw: Drawer,
  persons: readonly Person[][],
  deliveries: number,
  numberOf: (n: number) => string,
): Change[] {
  const before = () => draw.whole(0, deliveries)
  const moves = persons.flatMap(([head]): Change[] => {
    if (!head || !draw.chance(35)) return []
    const [out, back] = [before(), before()].toSorted((a, b) => a - b) as [number, number]
    const moves = head.household
    return [
      { before: out, moves, abroad: true },
      ...(draw.chance(30) ? [{ before: back, moves, abroad: false }] : []),
    ]
  })
  const renumbered = persons
    .flat()
    .flatMap((person, n): Change[] =>
      draw.chance(25) ? [{ before: before(), renumbers: person, to: numberOf(n) }] : [],
    )
  return [...moves, ...renumbered].toSorted((a, b) => a.before - b.before)
}

/** Once the register knows the new number, departments send the one or the other; a certificate bears the one it was issued by. */
function withNumbers(draw: Drawer, delivery: Delivery, n: number, changes: readonly Change[]): Delivery {
  if (delivery.feed === 'disability') return delivery
  const rows = delivery.rows.map((row) => {
    const known = changes.find(
      (one) => 'renumbers' in one && one.renumbers.idNumber === row.who && one.before <= n,
    )
    return known && 'to' in known && draw.chance(50) ? { ...row, idNumber: known.to } : row
  })
  return { ...delivery, rows }
}

type Drawer = ReturnType<typeof drawer>

function drawer(g: GeneratorValue) {
  const whole = (min: number, max: number) => g(fc.integer, { min, max })
  return {
    whole,
    chance: (percent: number) => whole(1, 100) <= percent,
    pick: <T>(...list: readonly T[]) => list[whole(0, list.length - 1)] as T,
    /** Recent days come more often: at the edges of the windows. */
    day: () => addDays(today, -(whole(0, 2) > 0 ? whole(0, 430) : whole(0, span))),
    times: (most: number) => Array.from({ length: whole(0, most) }, (_, i) => i),
  }
}

/** Rows about a household name its head as those about a person name the person. */
const naming = (person: Person | undefined): Sent => ({
  name: person?.name ?? '',
  idNumber: person?.idNumber ?? '',
  // No column of any feed: the person, whatever number a row bears.
  who: person?.idNumber ?? '',
})

/** Stays of one to three bills, each bill of one admission or going on where the one before ended; and bills of the surgery. */
function billsOf(draw: Drawer, person: Person, who: string, stays: Map<string, string>): Fact[] {
  const bill = (no: string, admitted: string, paidOn: string, kind: string, hospital: string): Fact => {
    const paid = draw.whole(0, 900_000) / 100
    return {
      feed: 'medical-settlement',
      from: paidOn,
      row: {
        ...{ ...naming(person), settlementNo: no, visitKind: kind, hospital, admittedOn: admitted },
        ...{ settledOn: paidOn, total: paid.toFixed(2), selfPaid: paid.toFixed(2) },
      },
    }
  }
  const found: Fact[] = []
  let begins = addDays(today, -draw.whole(0, 900))
  for (const n of draw.times(3)) {
    const hospital = draw.pick('县医院', '市医院')
    let admitted = begins
    let paidOn = admitted
    for (const part of Array.from({ length: draw.whole(1, 3) }, (_, i) => i)) {
      const no = `${who}-${n}-${part}`
      if (part > 0 && draw.chance(50)) admitted = paidOn
      paidOn = addDays(paidOn, draw.whole(1, 9))
      if (paidOn > today) break
      stays.set(no, `${who}-${n}`)
      const one = bill(no, admitted, paidOn, '住院', hospital)
      found.push(one, ...refundsOf(draw, one, `rb${who}x${n}x${part}`))
    }
    begins = addDays(paidOn, draw.whole(3, 200))
    if (begins > today) break
  }
  for (const n of draw.times(2)) {
    const day = draw.day()
    found.push(bill(`${who}-d${n}`, day, day, draw.pick('普通门诊', '门诊慢特病'), '卫生院'))
  }
  return found
}

/** Some bills go back: in one part or several under their number, or whole under one of its own. */
function refundsOf(draw: Drawer, { feed, row }: Fact, ownNo: string): Fact[] {
  const whole = Math.round(Number(row.total) * 100)
  const on = addDays(row.settledOn ?? '', draw.whole(1, 30))
  if (whole < 10 || on > today) return []
  const back = (no: string, fen: number, day: string): Fact => {
    const total = (-fen / 100).toFixed(2)
    return { feed, from: day, row: { ...row, settlementNo: no, settledOn: day, total, selfPaid: total } }
  }
  const no = row.settlementNo ?? ''
  const half = Math.floor(whole / 2)
  return draw.pick(
    ...[[], [], [], [], []],
    [back(ownNo, whole, on)],
    [back(no, whole, on)],
    [back(no, draw.whole(1, half), on)],
    [back(no, draw.whole(1, half), on), back(no, draw.whole(1, half), draw.chance(50) ? on : today)],
  )
}

/** What the terms cost. */
function termsOf(draw: Drawer, person: Person): Fact[] {
  if (draw.chance(60)) return []
  return ['2018秋', '2019春', '2019秋', '2020春'].flatMap((term) => {
    const reportedOn = addDays(
      `${term.slice(0, 4)}-${term.endsWith('春') ? '02' : '09'}-01`,
      draw.whole(0, 38),
    )
    if (reportedOn > today || draw.chance(30)) return []
    const row = { ...naming(person), term, stage: '高中', status: '在校', reportedOn }
    return [
      {
        feed: 'school-enrolment',
        from: reportedOn,
        row: { ...row, selfPaidFee: (draw.whole(0, 900_000) / 100).toFixed(2) },
      },
    ]
  })
}

function insurancesOf(draw: Drawer, person: Person): Fact[] {
  return [2019, 2020].flatMap((year) =>
    draw.chance(70)
      ? [
          {
            feed: 'medical-insurance',
            from: `${year}-01-05`,
            row: {
              ...{ ...naming(person), year: String(year) },
              ...{ resident: draw.pick('是', '否'), employee: draw.chance(10) ? '是' : '否' },
            },
          },
        ]
      : [],
  )
}

const grades = ['一级', '二级', '三级', '四级']

/** One certificate to a grade, for the number holds it; issued once, renewed or replaced by one of another grade. */
function certificatesOf(draw: Drawer, person: Person): Fact[] {
  return draw.times(3).map(() => {
    const grade = draw.whole(1, 4)
    const issuedOn = draw.day()
    return {
      feed: 'disability',
      from: issuedOn,
      row: {
        ...{ ...naming(person), certificateNo: `${person.idNumber}4${grade}`, category: '肢体' },
        ...{ grade: grades[grade - 1] ?? '', issuedOn },
      },
    }
  })
}

function monthsOf(draw: Drawer, person: Person): Fact[] {
  if (draw.chance(50)) return []
  return Array.from({ length: draw.whole(1, 9) }, (_, back) => addMonths('2020-02-01', -back))
    .filter(() => draw.chance(85))
    .map((month) => ({
      feed: 'employment',
      from: addMonths(month, 1),
      row: {
        ...{ ...naming(person), month: month.slice(0, 7) },
        ...{ status: draw.pick('就业', '失业', '返乡', '未就业'), publicPost: draw.chance(10) ? '是' : '否' },
      },
    }))
}

function statementsOf(draw: Drawer, person: Person | undefined): Fact[] {
  return [2015, 2016, 2017, 2018].flatMap((year) => {
    const from = draw.pick(`${year}-10-01`, `${year}-10-01`, `${year}-07-01`)
    const to = addDays(addMonths(from, draw.pick(12, 12, 12, 6, 24)), -1)
    if (to > today || draw.chance(40)) return []
    const money = () => String(draw.whole(0, 4_000_000) / 100)
    return [
      {
        feed: 'income',
        from: to,
        row: { ...naming(person), periodFrom: from, periodTo: to, wage: money(), businessCost: money() },
      },
    ]
  })
}

function watersOf(draw: Drawer, person: Person | undefined): Fact[] {
  const days = [...new Set(draw.times(5).map(draw.day))]
  return days.map((observedOn) => {
    const cut = draw.chance(60)
    const cutFrom = addDays(observedOn, -draw.whole(0, 40))
    const cutTo = draw.chance(55) ? addDays(cutFrom, draw.whole(0, daysBetween(cutFrom, observedOn))) : ''
    return {
      feed: 'water',
      from: observedOn,
      row: {
        ...{ ...naming(person), observedOn, cutFrom: cut ? cutFrom : '', cutTo: cut ? cutTo : '' },
        ...{
          quality: draw.pick('合格', '不合格', ''),
          litres: draw.pick('', String(draw.whole(150, 900) / 10)),
        },
      },
    }
  })
}

function dwellingsOf(draw: Drawer, person: Person | undefined): Fact[] {
  return draw.times(2).map(() => {
    const assessedOn = draw.day()
    return {
      feed: 'dwelling',
      from: assessedOn,
      row: {
        ...naming(person),
        assessedOn,
        grade: draw.pick('A', 'B', 'C', 'D'),
        livedIn: draw.pick('是', '否', ''),
      },
    }
  })
}

/** Rows that are told wrongly at first: what stays is what names the fact. */
const misreported: Readonly<Record<string, (draw: Drawer, row: Sent) => Sent>> = {
  'school-enrolment': (draw, row) => ({ ...row, selfPaidFee: (draw.whole(0, 900_000) / 100).toFixed(2) }),
  'medical-settlement': (draw, row) => {
    if (isBack(row)) return row
    const paid = (draw.whole(0, 900_000) / 100).toFixed(2)
    return { ...row, total: paid, selfPaid: paid }
  },
  'medical-insurance': (draw, row) => ({ ...row, resident: draw.pick('是', '否') }),
  income: (draw, row) => ({ ...row, wage: String(draw.whole(0, 4_000_000) / 100) }),
  dwelling: (draw, row) => ({ ...row, grade: draw.pick('A', 'B', 'C', 'D') }),
  employment: (draw, row) => ({ ...row, status: draw.pick('就业', '失业') }),
  water: (draw, row) => ({ ...row, quality: draw.pick('合格', '不合格') }),
  disability: (_draw, row) => ({ ...row, issuedOn: addDays(row.issuedOn ?? '', -400) }),
}

/** Spreads what happened over files of its feed, shuffles them, and lets some correct an earlier one. */
function deliver(draw: Drawer, facts: readonly Fact[]): Delivery[] {
  const files: Delivery[] = []
  for (const [feed, all] of Map.groupBy(facts, (one) => one.feed)) {
    const parts = draw.whole(1, 3)
    const lots = Array.from({ length: parts }, (): Fact[] => [])
    for (const one of all) {
      lots[draw.whole(0, parts - 1)]?.push(one)
      const wrong = misreported[feed]
      if (wrong && draw.chance(20))
        lots[draw.whole(0, parts - 1)]?.push({ ...one, row: wrong(draw, one.row) })
    }
    for (const lot of lots) if (lot.length > 0) files.push(fileOf(draw, feed, lot))
  }
  const arrived = shuffled(draw, files)
  for (const [n, { feed, asOf, rows }] of arrived.entries())
    if (draw.chance(25)) {
      const kept = rows.filter(() => draw.chance(70))
      if (kept.length > 0) arrived.push({ feed, asOf, rows: kept, corrects: n })
    }
  return arrived
}

/** A file of rows of which no two name the same fact; dated on a day by which all of it could be told. */
function fileOf(draw: Drawer, feed: string, lot: readonly Fact[]): Delivery {
  const rows = [...new Map(lot.map(({ row }) => [keyOf(feed, row), row])).values()]
  const earliest =
    lot
      .map(({ from }) => from)
      .toSorted()
      .at(-1) ?? today
  const asOf = draw.chance(40) || earliest > today ? today : earliest
  // Before the first policy nothing can be held against its limits.
  return { feed, rows, corrects: null, asOf: asOf < '2019-01-01' ? '2019-01-01' : asOf }
}

/** The deliveries that one corrects, and those they had corrected. */
export function correctedBy(deliveries: readonly Delivery[], n: number): Set<number> {
  const before = deliveries[n]?.corrects ?? null
  return new Set(before === null ? [] : [before, ...correctedBy(deliveries, before)])
}

/** It takes a bill back. */
export const isBack = (row: Sent) => (row.total ?? '').startsWith('-')

/** What makes two rows the same fact. */
export function keyOf(feed: string, row: Sent): string {
  const own: Record<string, readonly string[]> = {
    'medical-settlement': isBack(row) ? ['settlementNo', 'settledOn', 'total'] : ['settlementNo'],
    'school-enrolment': ['term'],
    'medical-insurance': ['year'],
    disability: ['certificateNo'],
    employment: ['month'],
    income: ['periodFrom', 'periodTo'],
    water: ['observedOn'],
    dwelling: ['assessedOn'],
  }
  return [row.who, ...(own[feed] ?? []).map((key) => row[key])].join(' ')
}

function shuffled<T>(draw: Drawer, list: readonly T[]): T[] {
  return list
    .map((one) => [draw.whole(0, 1_000_000), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one)
}
