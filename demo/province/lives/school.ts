import { calibration } from '../calibration.ts'
import { type DayNumber, dayOf } from '../days.ts'
import type { Enrolment, Household, Person, Span } from '../model.ts'
import { present } from '../people/households.ts'
import { placeAt } from '../people/schooling.ts'
import type { Random } from '../random.ts'

interface Term {
  name: string
  /** September of this year began the school year. */
  schoolYear: number
  reportedOn: DayNumber
}

/** Terms whose lists have come by the end of the span. */
export function termsOf(span: Span): Term[] {
  const terms = [
    { name: `${span.year - 1}春`, schoolYear: span.year - 2, reportedOn: dayOf(span.year - 1, 3, 20) },
    { name: `${span.year - 1}秋`, schoolYear: span.year - 1, reportedOn: dayOf(span.year - 1, 10, 15) },
    { name: `${span.year}春`, schoolYear: span.year - 1, reportedOn: dayOf(span.year, 2, 24) },
  ]
  return terms.filter((term) => term.reportedOn <= span.to)
}

const fees: Record<string, readonly [fee: number, aid: number]> = {
  preschool: [1800, 500],
  primary: [0, 500],
  junior: [0, 625],
  senior: [850, 1000],
  vocational: [0, 1000],
  college: [4200, 1500],
  bachelor: [4800, 1650],
}

/** Each child's terms; a few of compulsory age are out of school, some of them with a lawful reason. */
export function study(home: Household, span: Span, random: Random): Enrolment[] {
  const { dropout, lawfullyAbsent } = calibration.school
  const terms = termsOf(span)
  return present(home.people).flatMap((person): Enrolment[] => {
    if (person.age > 23) return []
    const isDisabled = person.condition === 'disabled' || person.condition === 'both'
    const isAway = random.chance(dropout)
    const isExcused = !isAway && random.chance(isDisabled ? 0.15 : lawfullyAbsent)
    const awayFrom = random.whole(0, terms.length - 1)
    const awayUntil = random.chance(0.7) ? terms.length : awayFrom + 1
    const how = random.weighted([
      ['dropped-out', 45],
      ['suspected-dropout', 40],
      ['not-enrolled', 15],
    ])
    const excuse = random.weighted([
      ['home-taught', 60],
      ['suspended', 40],
    ])
    return terms.flatMap((term, i) => {
      const place = placeAt(person.birth, person.talent, term.schoolYear)
      if (!place) return []
      const [fee, aid] = fees[place.stage] ?? [0, 0]
      const isCompulsory = place.stage === 'primary' || place.stage === 'junior'
      const isOut = isAway && isCompulsory && i >= awayFrom && i < awayUntil
      const status = isOut ? how : isExcused && isCompulsory ? excuse : 'enrolled'
      return [
        {
          person,
          term: term.name,
          school: schoolOf(home, person, place.stage),
          stage: place.stage,
          grade: place.grade,
          status,
          reason: status === 'suspended' ? 'physical' : null,
          fee: isOut ? 0 : fee * 100,
          aid: isOut || !home.registered ? 0 : aid * 100,
          reportedOn: term.reportedOn,
        },
      ]
    })
  })
}

function schoolOf(home: Household, person: Person, stage: string): string {
  const town = Math.floor(home.village / 1000) % 1000
  const names: Record<string, string> = {
    preschool: '幼儿园',
    primary: '中心小学',
    junior: '初级中学',
    senior: '县第一中学',
    vocational: '县职业教育中心',
    college: '职业技术学院',
    bachelor: '大学',
  }
  const isNear = stage === 'preschool' || stage === 'primary' || stage === 'junior'
  return isNear ? `示例${town}号${names[stage]}` : `示例${1 + Math.floor(person.talent * 9)}号${names[stage]}`
}
