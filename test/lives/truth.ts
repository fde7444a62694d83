import { addDays, addMonths, dayNumber, lastDayOfMonth } from '#contract/days.ts'
import { correctedBy, isBack, keyOf, type Lives, type Sent } from './draw.ts'

/** What is true in the end: of every fact the row that counts, and certificates that were renewed. */
interface Truth {
  rows: ReadonlyMap<string, readonly Sent[]>
  renewed: readonly Sent[]
  /** County, feed, and subject where it has some → day up to which it covers the county. */
  covered: ReadonlyMap<string, string>
  /** Household → whether it lives in the other county in the end. */
  abroad: ReadonlyMap<string, boolean>
}

const shareOfCounties = 0.5

/** What a delivery said of a fact, and as of which day; what says the same makes it newer. */
interface Word {
  feed: string
  row: Sent
  from: number
  day: string
  /** The deliveries by which it came, and by which another took its place. */
  known: number
  until: number
}

/** A row that says as of which day it speaks is compared by that first. */
const isOlder = (a: Word, b: Word) =>
  [of(a.row, 'reportedOn'), a.day].join(' ') < [of(b.row, 'reportedOn'), b.day].join(' ')

/**
 * Takes the deliveries one after the other: of two rows of one fact that of the newer word counts, whatever came last, and a correction
 * withdraws what it leaves out, where the newest word of the others counts again.
 */
export function finalTruth({ households, deliveries, changes }: Lives): Truth {
  const homeOf = new Map(
    households.flatMap(({ no, persons }) => persons.map((one) => [one.idNumber, no] as const)),
  )
  const abroad = new Map(households.map(({ no }) => [no, false]))
  const facts = new Map<string, Word>()
  const past: [key: string, Word][] = []
  const chains = deliveries.map((_, n) => correctedBy(deliveries, n))
  const renewed: Sent[] = []
  const covered = new Map<string, string>()
  const follow = (n: number) => {
    for (const one of changes) if ('moves' in one && one.before === n) abroad.set(one.moves, one.abroad)
  }
  for (const [n, { feed, rows, asOf, corrects }] of deliveries.entries()) {
    follow(n)
    const chain = chains[n] ?? new Set()
    for (const row of rows) {
      const key = `${feed} ${keyOf(feed, row)}`
      const before = facts.get(key)
      const word = { feed, row, from: n, day: asOf, known: n, until: n }
      if (before && contentOf(before.row) === contentOf(row)) {
        if (before.day < asOf) facts.set(key, { ...before, day: asOf })
        continue
      }
      const isLate = before !== undefined && !chain.has(before.from) && isOlder(word, before)
      const [older, newer] = isLate ? [word, before] : [before, word]
      if (older) past.push([key, { ...older, until: n }])
      facts.set(key, newer)
      if (
        feed === 'disability' &&
        corrects === null &&
        older &&
        of(older.row, 'issuedOn') < of(newer.row, 'issuedOn')
      )
        renewed.push(older.row)
    }
    const delivered = new Set(rows.map((row) => `${feed} ${keyOf(feed, row)}`))
    for (const [key, fact] of [...facts])
      if (chain.has(fact.from) && !delivered.has(key)) {
        const others = past.flatMap(([of, one]) => (of === key && !chain.has(one.from) ? [one] : []))
        const left = others.filter(
          (one) => !chains.some((all, by) => by <= n && all.has(one.from) && by >= one.until),
        )
        const [newest] = left.toSorted((a, b) => (isOlder(a, b) ? 1 : isOlder(b, a) ? -1 : b.known - a.known))
        past.push([key, { ...fact, until: n }])
        if (newest) facts.set(key, { ...newest, known: n })
        else facts.delete(key)
      }
    const county = (who: string) => abroad.get(homeOf.get(who) ?? '') ?? false
    const populated = new Set(abroad.values())
    for (const [subject, days] of spokenDays(feed, rows, asOf)) {
      const until =
        days
          .map(([, day]) => day)
          .toSorted()
          .at(-1) ?? asOf
      const spoken = new Set(days.map(([who]) => county(who)))
      const whole = spoken.size > shareOfCounties * populated.size
      for (const one of whole ? populated : spoken)
        for (const key of new Set([feed, subject]))
          if (until > (covered.get(`${one} ${key}`) ?? '')) covered.set(`${one} ${key}`, until)
    }
  }
  follow(deliveries.length)
  return {
    abroad,
    rows: Map.groupBy(
      [...facts.values()].map(({ row, feed }) => [feed, row] as const),
      ([feed]) => feed,
    )
      .entries()
      .reduce(
        (all, [feed, list]) =>
          all.set(
            feed,
            list.map(([, row]) => row),
          ),
        new Map<string, Sent[]>(),
      ),
    renewed,
    covered,
  }
}

/** Whatever number it came under. */
const contentOf = (row: Sent) => JSON.stringify({ ...row, idNumber: '' })
const of = (row: Sent, key: string) => row[key] ?? ''
const dayOfRow: Readonly<Record<string, (row: Sent) => string>> = {
  'medical-settlement': (row) => of(row, 'settledOn'),
  disability: (row) => of(row, 'issuedOn'),
  employment: (row) => lastDayOfMonth(of(row, 'month')),
  income: (row) => of(row, 'periodTo'),
  water: (row) => of(row, 'observedOn'),
  dwelling: (row) => of(row, 'assessedOn'),
  'school-enrolment': (row) => of(row, 'reportedOn'),
}

/** Who and which days a file speaks of, by subject: hospital stays are one of their own. */
function spokenDays(feed: string, rows: readonly Sent[], asOf: string): Map<string, [string, string][]> {
  const subject = (row: Sent) =>
    feed === 'medical-settlement' ? `${feed} ${row.visitKind === '住院' ? 'inpatient' : 'outpatient'}` : feed
  return Map.groupBy(
    rows.map((row): [string, string, string] => [
      of(row, 'who'),
      dayOfRow[feed]?.(row) ?? asOf,
      subject(row),
    ]),
    ([, , about]) => about,
  )
    .entries()
    .reduce(
      (all, [about, list]) =>
        all.set(
          about,
          list.map(([who, day]) => [who, day]),
        ),
      new Map<string, [string, string][]>(),
    )
}

export interface Figures {
  inpatientSelfPaidYear: number | null
  inpatientSelfPaidLastYear: number | null
  largestStaySelfPaid: number | null
  rigidSpending: number | null
  uninsuredMembers: number | null
  longestWaterCutDays: number | null
  waterCutDaysYear: number | null
  waterQualityFailed: boolean | null
  waterLitres: number | null
  newSevereDisabilityMembers: number | null
  newMildDisabilityMembers: number | null
  netIncome: number | null
  netIncomePerHead: number | null
  previousNetIncome: number | null
  incomeDrop: number | null
  dwellingGrade: number | null
  longestJoblessMonths: number | null
}

/** The figures of a household from what is true in the end, written down from the words of the rules and nothing else. */
export function figuresOf(
  { no, persons }: Lives['households'][number],
  { rows, renewed, covered, abroad }: Truth,
  stays: Lives['stays'],
  { day, limits }: { day: string; limits: ReadonlyMap<string, number> },
): Figures {
  const limit = (key: string) => limits.get(key) ?? Number.NaN
  const ids = new Set(persons.map(({ idNumber }) => idNumber))
  const own = (feed: string) => (rows.get(feed) ?? []).filter((row) => ids.has(of(row, 'who')))
  const isCovered = (feed: string, subject = feed) => {
    const until = covered.get(`${abroad.get(no)} ${subject}`)
    return until !== undefined && addDays(until, limit(`feed.${feed}.maxAge`)) >= day
  }
  const when = <T>(known: boolean, value: () => T | null): T | null => (known ? value() : null)
  const monthsAgo = (key: string) => addMonths(day, -limit(key))
  const year = Number(day.slice(0, 4))

  const netted = netBills(own('medical-settlement').filter((row) => of(row, 'settledOn') <= day))
  const bills = netted.filter((row) => row.visitKind === '住院')
  const paidIn = (of_: number) =>
    sum(bills.filter((row) => of(row, 'settledOn').startsWith(`${of_}`)).map(fen('selfPaid')))
  const inWindow = (key: string) => (row: Sent) =>
    of(row, key) > monthsAgo('rigidSpendingWindow') && of(row, key) <= day
  const fees = own('school-enrolment').filter(inWindow('reportedOn'))
  const largest = [...Map.groupBy(bills, (row) => stays.get(of(row, 'settlementNo'))).values()]
    .filter((stay) => stay.some((row) => of(row, 'settledOn') > monthsAgo('singleStayWindow')))
    .map((stay) => sum(stay.map(fen('selfPaid'))))
  const hospital = isCovered('medical-settlement', 'medical-settlement inpatient')

  const insured = persons.map(({ idNumber }) =>
    own('medical-insurance').find((row) => row.who === idNumber && row.year === String(year)),
  )
  const uninsured = insured.filter((row) => row && row.resident === '否' && row.employee === '否').length

  const waters = own('water').filter((row) => of(row, 'observedOn') <= day)
  const { longest, total, unsure } = cutsOf(
    waters,
    day,
    addDays(monthsAgo('waterWindow'), 1),
    limit('openCutPresumed'),
  )
  const seen = (key: string, maxAge: string) =>
    newest(
      waters.filter((row) => row[key] !== '' && of(row, 'observedOn') > addDays(day, -limit(maxAge))),
      'observedOn',
    )
  const quality = seen('quality', 'waterTestMaxAge')
  const litres = seen('litres', 'waterSupplyMaxAge')

  const worst = persons.flatMap((person) =>
    newGrade(person.idNumber, own('disability'), renewed, day, limit('newDisabilityWindow')),
  )
  const { now, before } = incomesOf(own('income'), day, limit)
  const house = newest(
    own('dwelling').filter((row) => of(row, 'assessedOn') <= day),
    'assessedOn',
  )
  const isRecent = house && of(house, 'assessedOn') > addDays(day, -limit('dwellingMaxAge'))
  const danger = house ? 'ABCD'.indexOf(of(house, 'grade')) + 1 : 0
  const away = persons.map((person) =>
    joblessOf(
      own('employment').filter((row) => row.who === person.idNumber),
      day,
      limit,
    ),
  )
  const months = Math.max(0, ...away.map((one) => one.months))

  return {
    inpatientSelfPaidYear: when(hospital, () => paidIn(year)),
    inpatientSelfPaidLastYear:
      day >= addDays(`${year}-01-01`, limit('lastYearJudged')) ? 0 : when(hospital, () => paidIn(year - 1)),
    rigidSpending: when(
      isCovered('medical-settlement') && isCovered('school-enrolment'),
      () =>
        sum(netted.filter(inWindow('settledOn')).map(fen('selfPaid'))) + sum(fees.map(fen('selfPaidFee'))),
    ),
    largestStaySelfPaid: when(hospital, () => Math.max(0, ...largest)),
    uninsuredMembers: when(
      isCovered('medical-insurance') && (uninsured > 0 || insured.every(Boolean)),
      () => uninsured,
    ),
    longestWaterCutDays: when(
      isCovered('water') && (!unsure || longest >= limit('waterCutDays')),
      () => longest,
    ),
    waterCutDaysYear: when(isCovered('water') && (!unsure || total > limit('waterCutDaysYear')), () => total),
    waterQualityFailed: when(
      isCovered('water') && quality !== undefined,
      () => quality?.quality === '不合格',
    ),
    waterLitres: when(isCovered('water') && litres !== undefined, () =>
      Math.round(Number(litres?.litres) * 10),
    ),
    newSevereDisabilityMembers: when(
      isCovered('disability'),
      () => worst.filter((grade) => grade <= 2).length,
    ),
    newMildDisabilityMembers: when(isCovered('disability'), () => worst.filter((grade) => grade > 2).length),
    netIncome: when(isCovered('income') && now !== undefined, () => netOf(now)),
    netIncomePerHead: when(isCovered('income') && now !== undefined, () => netOf(now) / persons.length),
    previousNetIncome: when(isCovered('income') && before !== undefined, () => netOf(before)),
    incomeDrop: when(
      isCovered('income') && before !== undefined && netOf(before) > 0,
      () => ((netOf(before) - netOf(now)) * 10_000) / netOf(before),
    ),
    dwellingGrade: when(isCovered('dwelling') && isRecent === true, () =>
      house?.livedIn === '否' ? Math.min(danger, 2) : danger,
    ),
    longestJoblessMonths: when(
      isCovered('employment') && (months >= limit('joblessMonths') || away.every((one) => !one.unsure)),
      () => months,
    ),
  }
}

/** Bills less what went back: of their number, or, whole, under one of its own. */
function netBills(all: readonly Sent[]): Sent[] {
  const [backs, bills] = [all.filter(isBack), all.filter((row) => !isBack(row))]
  const numbers = new Set(bills.map((row) => `${row.who} ${row.settlementNo}`))
  const strays = backs.filter((row) => !numbers.has(`${row.who} ${row.settlementNo}`))
  return bills.map((bill) => {
    const under = backs.filter((row) => row.who === bill.who && row.settlementNo === bill.settlementNo)
    const mirrors = strays.some(
      (row) =>
        row.who === bill.who &&
        row.total === `-${bill.total}` &&
        row.admittedOn === bill.admittedOn &&
        of(row, 'settledOn') >= of(bill, 'settledOn'),
    )
    const left = fen('selfPaid')(bill) + sum(under.map(fen('selfPaid')))
    return { ...bill, selfPaid: String(mirrors && under.length === 0 ? 0 : Math.max(0, left) / 100) }
  })
}

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
const fen = (key: string) => (row: Sent) => Math.round(Number(row[key] || 0) * 100)
const netOf = (row: Sent | undefined) => (row ? fen('wage')(row) - fen('businessCost')(row) : Number.NaN)
const newest = (rows: readonly Sent[], key: string) =>
  rows.toSorted((a, b) => (of(a, key) < of(b, key) ? 1 : -1))[0]

/** Days without water one by one, as a set; unsure where a cut may have gone on and nobody said so. */
function cutsOf(waters: readonly Sent[], day: string, from: string, presumed: number) {
  const dry = new Set<number>()
  let unsure = false
  const seen = waters.map((row) => of(row, 'observedOn')).toSorted()
  for (const row of waters) {
    if (!row.cutFrom) continue
    const observed = of(row, 'observedOn')
    const next = seen.find((other) => other > observed) ?? day
    let end = of(row, 'cutTo')
    if (end === '') {
      end = next <= addDays(observed, presumed) ? next : observed
      if (next > end && next >= from) unsure = true
    }
    for (let n = dayNumber(row.cutFrom); n <= Math.min(dayNumber(end), dayNumber(day)); n++)
      if (n >= dayNumber(from)) dry.add(n)
  }
  const runs = [...dry].map((n) => {
    let length = 1
    while (dry.has(n + length)) length++
    return length
  })
  return { longest: Math.max(0, ...runs), total: dry.size, unsure }
}

/** The worst grade of a new certificate: one that all before it, renewed ones too, were milder than. */
function newGrade(
  id: string,
  own: readonly Sent[],
  renewed: readonly Sent[],
  day: string,
  days: number,
): number[] {
  const gradeOf = (row: Sent) => '一二三四'.indexOf(of(row, 'grade').charAt(0)) + 1
  const mine = [...own, ...renewed].filter((row) => row.who === id)
  const fresh = own.filter(
    (row) =>
      row.who === id &&
      of(row, 'issuedOn') <= day &&
      of(row, 'issuedOn') > addDays(day, -days) &&
      mine.every((other) => of(other, 'issuedOn') >= of(row, 'issuedOn') || gradeOf(other) > gradeOf(row)),
  )
  return fresh.length === 0 ? [] : [Math.min(...fresh.map(gradeOf))]
}

function incomesOf(all: readonly Sent[], day: string, limit: (key: string) => number) {
  const days = (row: Sent) => dayNumber(of(row, 'periodTo')) - dayNumber(of(row, 'periodFrom'))
  const whole = all
    .filter((row) => of(row, 'periodTo') <= day)
    .filter((row) => days(row) >= limit('incomePeriodMinimum') && days(row) <= limit('incomePeriodMaximum'))
    .toSorted((a, b) =>
      of(a, 'periodTo') + of(a, 'periodFrom') < of(b, 'periodTo') + of(b, 'periodFrom') ? 1 : -1,
    )
  const [now] = whole
  if (!now || of(now, 'periodTo') <= addDays(day, -limit('incomeMaxAge'))) return {}
  const before = whole.find((row) => of(row, 'periodTo') < of(now, 'periodFrom'))
  const follows =
    before && of(before, 'periodTo') >= addDays(of(now, 'periodFrom'), -limit('incomeGapMaximum'))
  return { now, before: follows ? before : undefined }
}

/** Months in a row without work up to the newest, of one who worked before. */
function joblessOf(all: readonly Sent[], day: string, limit: (key: string) => number) {
  const nothing = { months: 0, unsure: false }
  const known = all
    .filter((row) => `${of(row, 'month')}-01` <= day)
    .toSorted((a, b) => (of(a, 'month') < of(b, 'month') ? 1 : -1))
  const works = (row: Sent) => row.status === '就业' || row.publicPost === '是'
  const job = known.find(works)
  const last = known[0]
  if (!job || !last) return nothing
  if (`${of(last, 'month')}-01` <= addDays(day, -limit('joblessLookback'))) return { months: 0, unsure: true }
  const back = (n: number) => addMonths(`${of(last, 'month')}-01`, -n).slice(0, 7)
  let months = 0
  while (known.some((row) => row.month === back(months) && !works(row)) && back(months) > of(job, 'month'))
    months++
  let since = 0
  while (back(since) > of(job, 'month')) since++
  return { months, unsure: since >= limit('joblessMonths') && months < limit('joblessMonths') }
}
