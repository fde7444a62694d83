import { calibration } from '../calibration.ts'
import { monthStart, yearOf } from '../days.ts'
import type { Assessment, Household, Span, WaterReport } from '../model.ts'
import { purpose } from '../people/households.ts'
import { Random } from '../random.ts'

/** What the housing department saw: a survey at the start, dangerous houses rebuilt, others becoming dangerous. */
export function shelter(home: Household, span: Span, random: Random): Assessment[] {
  const { dwelling, frailty } = calibration
  const isSurveyed = home.registered || home.monitoring !== null || random.chance(dwelling.surveyedOthers)
  if (!isSurveyed) return []
  const weakness = Math.exp(frailty.dwelling * home.frailty)
  const surveyed = span.from + random.whole(0, 25)
  const base: Assessment = {
    assessedOn: surveyed,
    grade: random.chance(0.3) ? 'A' : 'B',
    livedIn: true,
    plannedYear: null,
    startedOn: null,
    finishedOn: null,
    reportedOn: surveyed,
  }
  const worse = random.chance(dwelling.gradeD) ? 'D' : 'C'
  const livedIn = !random.chance(dwelling.notLivedIn)
  if (random.chance(dwelling.dangerous * weakness))
    return rebuild({ ...base, grade: worse, livedIn, plannedYear: yearOf(surveyed) }, span, random)
  const years = (span.to - span.from + 1) / 365
  if (!random.chance(dwelling.newDangerousPerYear * weakness * years)) return [base]
  const seen = random.whole(surveyed + 30, span.to)
  return [base, { ...base, assessedOn: seen, grade: worse, livedIn, reportedOn: seen }]
}

function rebuild(dangerous: Assessment, span: Span, random: Random): Assessment[] {
  if (!random.chance(calibration.dwelling.rebuilt)) return [dangerous]
  const startedOn = dangerous.assessedOn + random.whole(60, 150)
  const finishedOn = startedOn + random.whole(45, 120)
  if (finishedOn > span.to) return [dangerous]
  const done = { ...dangerous, startedOn, finishedOn, reportedOn: finishedOn }
  if (random.chance(0.5)) return [dangerous, done]
  const again = Math.min(span.to, finishedOn + random.whole(5, 25))
  const safe: Assessment = { ...done, assessedOn: again, grade: 'A', livedIn: true, reportedOn: again }
  return [dangerous, done, { ...safe, startedOn: null, finishedOn: null, plannedYear: null }]
}

/** Water of the village and the household: first survey, cuts, later surveys. */
export function drink(home: Household, seed: number, span: Span, random: Random): WaterReport[] {
  const { water } = calibration
  const village = new Random(seed, purpose.village, home.village)
  const isScarce = village.chance(water.villageScarce)
  const fails = village.chance(water.villageFails)
  const isCut = village.chance(water.villageCut)
  const cuts = isCut ? villageCuts(village, span) : []
  const isShort = random.chance(water.householdShort)
  const least = isScarce ? 20 : 35
  const base: WaterReport = {
    observedOn: span.from + random.whole(0, 25),
    project: `示例${Math.floor(home.village / 1000) % 1000}号水厂`,
    cutFrom: null,
    cutTo: null,
    passed: true,
    litres: isShort && random.chance(0.6) ? random.whole(8, least - 1) : random.whole(least + 2, 95),
    tripMinutes: isShort && random.chance(0.5) ? random.whole(21, 55) : random.whole(0, 12),
    scarce: isScarce,
  }
  const reports = [base]
  for (const { from, to } of cuts) reports.push({ ...base, observedOn: to, cutFrom: from, cutTo: to })
  const failsFrom = village.whole(span.from + 60, span.to - 20)
  const mended = village.chance(0.4)
  if (fails) {
    reports.push({ ...base, observedOn: failsFrom, passed: false })
    if (mended && failsFrom + 60 < span.to) reports.push({ ...base, observedOn: failsFrom + 60 })
  }
  for (let month = span.firstMonth + 1; month <= span.lastMonth; month++) {
    if (!random.chance(water.resurveyPerMonth)) continue
    const observedOn = monthStart(month) + random.whole(0, 27)
    const isFailing = fails && observedOn >= failsFrom && !(mended && observedOn >= failsFrom + 60)
    if (reports.every((report) => report.observedOn !== observedOn))
      reports.push({ ...base, observedOn, passed: !isFailing })
  }
  return reports.toSorted((a, b) => a.observedOn - b.observedOn)
}

/** One long cut, a few shorter ones, or many that add up. */
function villageCuts(village: Random, span: Span): { from: number; to: number }[] {
  const kind = village.weighted([
    ['one', 45],
    ['many', 20],
    ['short', 35],
  ])
  const count = kind === 'many' ? 5 : kind === 'short' ? 3 : 1
  const year = 365
  return Array.from({ length: count }, (_, i) => {
    const length = kind === 'short' ? village.whole(1, 5) : village.whole(9, 14)
    const from = span.to - year + 20 + Math.floor((i * (year - 45)) / count) + village.whole(0, 30)
    return { from, to: from + length - 1 }
  }).filter(({ to }) => to <= span.to)
}
