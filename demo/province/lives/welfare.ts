import { calibration } from '../calibration.ts'
import { dayOf } from '../days.ts'
import type { Assistance, Certificate, Household, Income, Span } from '../model.ts'
import { present } from '../people/households.ts'
import type { Random } from '../random.ts'
import { netOf } from './income.ts'

/** Subsistence allowance, destitute care and temporary relief; some stop, more often than it should among the poorest. */
export function assist(home: Household, income: Income, span: Span, random: Random): Assistance[] {
  const { assistance } = calibration
  const people = present(home.people)
  const perHead = netOf(income) / people.length / 100
  const [head] = home.people
  if (home.attribute === 'tekun')
    return [grant(head, 'tekun', span.from - random.whole(100, 1200), 72_000, span.from + 8)]
  const rank = perHead < 8000 ? 0 : perHead < 11_000 ? 1 : 2
  const share = home.registered ? (assistance.dibao[rank] ?? 0) : assistance.dibaoOthers
  const granted: Assistance[] = []
  if (random.chance(share)) {
    const monthly = random.whole(260, 520) * 100
    const receivers = people.filter((_, i) => i === 0 || random.chance(0.6))
    const startedOn = dayOf(span.year - random.whole(2, 5), random.whole(1, 12), 1)
    const years = (span.to - span.from + 1) / 365
    const isPoorest = perHead <= 5200
    const stops = random.chance(isPoorest ? assistance.stopOfPoorest : assistance.stopPerYear * years)
    const recent = span.to - (isPoorest ? 150 : span.to - span.from - 40)
    const endedOn = stops ? random.whole(recent, span.to) : null
    for (const person of receivers) {
      const first = grant(person, 'dibao', startedOn, monthly, span.from + 8)
      granted.push(first)
      if (endedOn !== null)
        granted.push({
          ...first,
          endedOn,
          stopReason: random.pick(['动态管理退出', '收入核算变化', '未按时复核']),
          reportedOn: endedOn,
        })
    }
  }
  if (random.chance(assistance.temporary)) {
    const day = random.whole(span.from, span.to)
    granted.push({ ...grant(head, 'temporary', day, random.whole(5, 30) * 10_000, day), endedOn: day })
  }
  return granted
}

function grant(
  person: Assistance['person'],
  kind: Assistance['kind'],
  startedOn: number,
  monthly: number,
  reportedOn: number,
): Assistance {
  return { person, kind, startedOn, endedOn: null, monthly, stopReason: null, reportedOn }
}

/** Certificates of the disabled; the old ones come with the first file. */
export function certify(home: Household, span: Span, random: Random): Certificate[] {
  return present(home.people).flatMap((person): Certificate[] => {
    if (!person.disability) return []
    const { category, grade } = person.disability
    const issuedOn = Math.max(span.to - random.whole(0, calibration.disability.spread), person.birth + 200)
    if (issuedOn > span.to) return []
    return [
      {
        person,
        no: `${person.idNumber}${category}${grade}`,
        category,
        grade,
        issuedOn,
        allowance: grade <= 2 ? 6000 : 0,
      },
    ]
  })
}
