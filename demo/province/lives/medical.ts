import { calibration } from '../calibration.ts'
import { dayOf, dayText } from '../days.ts'
import type { Household, Illness, Insurance, Person, Settlement, Span } from '../model.ts'
import { present } from '../people/households.ts'
import type { Random } from '../random.ts'

const majorDiseases = [
  '肺癌',
  '胃癌',
  '食管癌',
  '终末期肾病',
  '脑卒中',
  '急性心肌梗死',
  '乳腺癌',
  '肝癌',
] as const
const chronicDiseases = ['高血压', '糖尿病', '慢性阻塞性肺疾病', '冠心病', '类风湿性关节炎'] as const
const hospitals = ['县人民医院', '县中医院', '中心卫生院', '市第一人民医院', '县第二人民医院'] as const

/** How many times something rare happens in `years`, given how often a year. */
function times(perYear: number, years: number, random: Random): number {
  const expected = perYear * years
  let count = 0
  let share = Math.exp(-expected)
  let place = random.unit()
  while (place > share && count < 40) {
    place -= share
    count++
    share *= expected / count
  }
  return count
}

/** Hospital stays and outpatient visits; who is newly and majorly ill stays more, and pays more. */
export function treat(
  home: Household,
  illnesses: readonly Illness[],
  span: Span,
  random: Random,
): Settlement[] {
  const { medical } = calibration
  const years = (span.to - span.from + 1) / 365
  const found: Settlement[] = []
  for (const person of present(home.people)) {
    const isNew = illnesses.find((illness) => illness.person === person && illness.kind === 'major')
    const stays = times(medical.staysPerYear[person.condition], years, random)
    for (let i = 0; i < stays; i++) found.push(stay(home, person, isNew, span, random))
    const visits = times(medical.outpatientPerMonth[person.condition] * 12, years, random)
    for (let i = 0; i < visits; i++) found.push(visit(home, person, span, random))
  }
  return found.map((one, i) => ({
    ...one,
    no: `${dayText(one.settledOn).replaceAll('-', '')}${home.householdNo.slice(6)}${String(i).padStart(3, '0')}`,
  }))
}

/** One hospital stay. */
export function stay(
  home: Household,
  person: Person,
  illness: Illness | undefined,
  span: Span,
  random: Random,
): Settlement {
  const { medical } = calibration
  const earliest = illness ? Math.max(span.from, illness.diagnosed) : span.from
  const settledOn = random.whole(Math.min(earliest + 3, span.to), span.to)
  const [median, sigma] = medical.stay[person.condition] as [number, number]
  const factor = home.registered || home.monitoring ? 1 : medical.ordinaryFactor
  const selfPaid = Math.round(random.lognormal(median * factor, sigma) * 100)
  const isMajor = person.condition === 'major' || person.condition === 'both'
  return bill(home, selfPaid, random, {
    person,
    no: '',
    kind: 'inpatient',
    hospital: random.pick(hospitals),
    admitted: settledOn - random.whole(3, 20),
    settledOn,
    diagnosis: illness?.disease ?? random.pick(isMajor ? majorDiseases : chronicDiseases),
  })
}

/** One outpatient visit. */
export function visit(home: Household, person: Person, span: Span, random: Random): Settlement {
  const settledOn = random.whole(span.from, span.to)
  const [median, sigma] = calibration.medical.outpatient
  return bill(home, Math.round(random.lognormal(median, sigma) * 100), random, {
    person,
    no: '',
    kind: person.condition === 'chronic' && random.chance(0.6) ? 'chronic-outpatient' : 'outpatient',
    hospital: random.chance(0.6) ? '村卫生室' : random.pick(hospitals),
    admitted: settledOn,
    settledOn,
    diagnosis: random.pick(chronicDiseases),
  })
}

type Bill = Omit<
  Settlement,
  'total' | 'basic' | 'serious' | 'inside' | 'outside' | 'aid' | 'fiscal' | 'hospitalBorne' | 'selfPaid'
>

/** The parts of a bill around what the family pays itself; the total sometimes differs a little from their sum. */
function bill(home: Household, selfPaid: number, random: Random, about: Bill): Settlement {
  const share = home.registered ? 0.1 + random.unit() * 0.1 : 0.3 + random.unit() * 0.2
  const rest = Math.round(selfPaid / share) - selfPaid
  const part = (of: number) => Math.round(rest * of * (0.8 + random.unit() * 0.4))
  const isStay = about.kind === 'inpatient'
  const serious = isStay && rest > 1_500_000 ? part(0.14) : 0
  const inside = isStay && home.registered ? part(0.06) : 0
  const outside = isStay && random.chance(0.05) ? part(0.03) : 0
  const aid = home.registered && isStay ? part(0.08) : 0
  const fiscal = home.registered && isStay && rest > 2_000_000 ? part(0.05) : 0
  const hospitalBorne = isStay && random.chance(0.1) ? part(0.02) : 0
  const basic = Math.max(0, rest - serious - inside - outside - aid - fiscal - hospitalBorne)
  const gap = isStay && random.chance(calibration.medical.gapShare) ? random.whole(3000, 18_300) : 0
  const sum = basic + serious + inside + outside + aid + fiscal + hospitalBorne + selfPaid
  return { ...about, total: sum + gap, basic, serious, inside, outside, aid, fiscal, hospitalBorne, selfPaid }
}

/** Newly diagnosed major and chronic illnesses of the majorly and chronically ill. */
export function fallIll(home: Household, span: Span, random: Random): Illness[] {
  const { illness } = calibration
  return present(home.people).flatMap((person): Illness[] => {
    const isMajor = person.condition === 'major' || person.condition === 'both'
    const diagnosed = isMajor
      ? span.to - random.whole(0, illness.spread)
      : person.condition === 'chronic' && random.chance(illness.newChronic)
        ? random.whole(span.from, span.to)
        : 0
    if (diagnosed < span.from) return []
    return [
      {
        person,
        kind: isMajor ? 'major' : 'chronic',
        disease: random.pick(isMajor ? majorDiseases : chronicDiseases),
        special: isMajor && random.chance(illness.special),
        diagnosed,
        outcome: 'in-treatment',
        outcomeOn: null,
        reportedOn: diagnosed,
      },
    ]
  })
}

/** Cases of the epidemic of early 2020: reported the day they are found, and again the day they end. */
export function infect(home: Household, cases: number, span: Span, random: Random): Illness[] {
  if (span.year !== 2020) return []
  const { quarantinedPerCase } = calibration.epidemic
  return present(home.people).flatMap((person): Illness[] => {
    if (!random.chance(cases * (1 + quarantinedPerCase))) return []
    const kind = random.chance(1 / (1 + quarantinedPerCase))
      ? random.chance(0.75)
        ? 'confirmed'
        : 'suspected'
      : 'quarantined'
    const first = dayOf(2020, 1, 24)
    const diagnosed = first + Math.min(random.whole(0, 34), random.whole(0, 40))
    if (diagnosed >= span.asOf) return []
    const ended =
      diagnosed +
      (kind === 'confirmed' ? random.whole(12, 30) : kind === 'suspected' ? random.whole(2, 6) : 14)
    const report: Illness = {
      person,
      kind,
      disease: '新型冠状病毒肺炎',
      special: false,
      diagnosed,
      outcome: 'in-treatment',
      outcomeOn: null,
      reportedOn: diagnosed,
    }
    if (ended >= span.asOf) return [report]
    const outcome = kind === 'confirmed' ? 'cured' : 'released'
    return [report, { ...report, outcome, outcomeOn: ended, reportedOn: ended }]
  })
}

/** Last year's and this year's insurance: most pay in autumn, some late, few not at all. */
export function insure(home: Household, span: Span, random: Random): Insurance[] {
  const { uninsuredInJanuary, paysLate, employeeInsured } = calibration
  return present(home.people).flatMap((person): Insurance[] => {
    const isWorker = person.labour === 'ordinary' || person.labour === 'skilled'
    const employee = isWorker && random.chance(employeeInsured)
    const resident = !employee
    const status = home.registered ? 'paid-on-behalf' : 'paid'
    const paidOn = dayOf(span.year - 1, 10, 8) + random.whole(0, 80)
    const last: Insurance = {
      person,
      year: span.year - 1,
      resident,
      employee,
      status,
      paidOn: dayOf(span.year - 2, 10, 8) + random.whole(0, 80),
      reportedOn: Math.max(span.from + 10, person.birth + 30),
    }
    const now = { ...last, year: span.year, paidOn, reportedOn: Math.max(paidOn, person.birth + 30) }
    // A few are confirmed again in a later month, which changes nothing.
    const again = random.chance(0.015)
      ? [{ ...last, reportedOn: Math.max(last.reportedOn, dayOf(span.year - 1, random.whole(2, 9), 15)) }]
      : []
    if (employee || !random.chance(uninsuredInJanuary)) return [last, ...again, now]
    const none: Insurance = {
      ...now,
      resident: false,
      status: 'unpaid',
      paidOn: null,
      reportedOn: dayOf(span.year, 1, 5),
    }
    if (!random.chance(paysLate)) return [last, none]
    const late = random.whole(dayOf(span.year, 1, 12), span.to)
    return [last, none, { ...now, paidOn: late, reportedOn: late }]
  })
}
