import { ageOn, dayOf } from '#demo/province/days.ts'
import type { Enrolment } from '#demo/province/model.ts'
import { placeAt } from '#demo/province/people/schooling.ts'
import { lives } from '../calibration.ts'
import { isDisabled, present } from '../families/people.ts'
import type { Blow, Home, Person } from '../model.ts'
import { whose } from './health.ts'
import { filesFrom, pay, record, strike, type Turn } from './turn.ts'

const fees: Record<string, readonly [fee: number, aid: number]> = {
  preschool: [1800, 500],
  primary: [0, 500],
  junior: [0, 625],
  senior: [850, 1000],
  vocational: [0, 1000],
  college: [4200, 1500],
  bachelor: [4800, 1650],
}

/** A term begins in March and in September: places, fees, a living far from home; a few children stay away. */
export function study(turn: Turn): void {
  if (turn.ofYear !== 3 && turn.ofYear !== 9) return
  const isAutumn = turn.ofYear === 9
  const schoolYear = isAutumn ? turn.year : turn.year - 1
  for (const person of present(turn.home)) {
    if (ageOn(person.birth, turn.first) > 23) continue
    const place = placeAt(person.birth, person.talent, schoolYear)
    if (!place) continue
    const [fee, aid] = fees[place.stage] ?? [0, 0]
    const living = (lives.school.living[place.stage] ?? 0) / 2
    const isFirst = isAutumn && living > 0 && place.grade === '大一'
    const blow = isFirst ? strike(turn, 'school', dayOf(turn.year, 9, 1)) : schoolBlow(turn.home)
    pay(turn, living > 0 ? blow : null, Math.max(0, living + fee / 2 - (turn.home.registered ? aid / 2 : 0)))
    enrol(turn, person, place, fee, aid, isAutumn, living > 0 ? blow : null)
  }
}

const schoolBlow = ({ blows }: Home) => blows.findLast(({ cause }) => cause === 'school') ?? null

function enrol(
  turn: Turn,
  person: Person,
  place: { stage: string; grade: string },
  fee: number,
  aid: number,
  isAutumn: boolean,
  blow: Blow | null,
): void {
  const { random, home } = turn
  const isCompulsory = place.stage === 'primary' || place.stage === 'junior'
  const last = person.record.enrolments.at(-1)
  const wasOut = last !== undefined && last.status !== 'enrolled'
  const isOut = isCompulsory && (wasOut ? random.chance(0.6) : random.chance(lives.school.dropout * 6))
  const isExcused = isCompulsory && !isOut && random.chance(isDisabled(person) ? 0.15 : 0.003)
  const status = isOut
    ? wasOut && last.status !== 'home-taught' && last.status !== 'suspended'
      ? last.status
      : random.weighted([
          ['dropped-out', 45],
          ['suspected-dropout', 40],
          ['not-enrolled', 15],
        ])
    : isExcused
      ? random.weighted([
          ['home-taught', 60],
          ['suspended', 40],
        ])
      : 'enrolled'
  const reportedOn = isAutumn ? dayOf(turn.year, 10, 15) : dayOf(turn.year, 3, 20)
  if (reportedOn < filesFrom) return
  const one: Enrolment = {
    ...{ person, term: `${turn.year}${isAutumn ? '秋' : '春'}`, school: schoolOf(home, person, place.stage) },
    ...{ stage: place.stage, grade: place.grade, status, reason: status === 'suspended' ? 'physical' : null },
    fee: isOut ? 0 : Math.round(fee / 2) * 100,
    aid: isOut || !home.registered ? 0 : Math.round(aid / 2) * 100,
    reportedOn,
  }
  person.record.enrolments.push(one)
  const { person: _, fee: selfPaidFee, ...rest } = one
  record(turn, 'school-enrolment', reportedOn, { ...whose(person), ...rest, selfPaidFee }, blow)
}

const schools: Record<string, string> = {
  preschool: '幼儿园',
  primary: '中心小学',
  junior: '初级中学',
  senior: '县第一中学',
  vocational: '县职业教育中心',
  college: '职业技术学院',
  bachelor: '大学',
}

function schoolOf(home: Home, person: Person, stage: string): string {
  const town = Math.floor(home.village / 1000) % 1000
  const isNear = stage === 'preschool' || stage === 'primary' || stage === 'junior'
  return isNear
    ? `示例${town}号${schools[stage]}`
    : `示例${1 + Math.floor(person.talent * 9)}号${schools[stage]}`
}
