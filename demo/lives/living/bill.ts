import { calibration } from '#demo/province/calibration.ts'
import type { Person, Settlement } from '#demo/province/model.ts'
import type { Random } from '#demo/province/random.ts'

type About = Omit<
  Settlement,
  'total' | 'basic' | 'serious' | 'inside' | 'outside' | 'aid' | 'fiscal' | 'hospitalBorne' | 'selfPaid'
>

/** The parts of a bill around what the family pays itself; the total sometimes differs a little from their sum. Fen. */
export function bill(registered: boolean, selfPaid: number, random: Random, about: About): Settlement {
  const share = registered ? 0.1 + random.unit() * 0.1 : 0.3 + random.unit() * 0.2
  const rest = Math.round(selfPaid / share) - selfPaid
  const part = (of: number) => Math.round(rest * of * (0.8 + random.unit() * 0.4))
  const isStay = about.kind === 'inpatient'
  const serious = isStay && rest > 1_500_000 ? part(0.14) : 0
  const inside = isStay && registered ? part(0.06) : 0
  const outside = isStay && random.chance(0.05) ? part(0.03) : 0
  const aid = registered && isStay ? part(0.08) : 0
  const fiscal = registered && isStay && rest > 2_000_000 ? part(0.05) : 0
  const hospitalBorne = isStay && random.chance(0.1) ? part(0.02) : 0
  const basic = Math.max(0, rest - serious - inside - outside - aid - fiscal - hospitalBorne)
  const gap = isStay && random.chance(calibration.medical.gapShare) ? random.whole(3000, 18_300) : 0
  const sum = basic + serious + inside + outside + aid + fiscal + hospitalBorne + selfPaid
  return { ...about, total: sum + gap, basic, serious, inside, outside, aid, fiscal, hospitalBorne, selfPaid }
}

export const majorDiseases = [
  '肺癌',
  '胃癌',
  '食管癌',
  '终末期肾病',
  '脑卒中',
  '急性心肌梗死',
  '乳腺癌',
  '肝癌',
] as const
export const chronicDiseases = ['高血压', '糖尿病', '慢性阻塞性肺疾病', '冠心病', '类风湿性关节炎'] as const
export const hospitals = ['县人民医院', '县中医院', '中心卫生院', '市第一人民医院', '县第二人民医院'] as const

/** One stay in hospital of somebody, by how well they are. */
export function oneStay(registered: boolean, person: Person, settledOn: number, random: Random): Settlement {
  const { medical } = calibration
  const [median, sigma] = medical.stay[person.condition] as [number, number]
  const paid = Math.round(random.lognormal(median * (registered ? 1 : medical.ordinaryFactor), sigma) * 100)
  const isMajor = person.condition === 'major' || person.condition === 'both'
  return bill(registered, paid, random, {
    ...{ person, no: '', kind: 'inpatient', hospital: random.pick(hospitals), settledOn },
    admitted: settledOn - random.whole(3, 20),
    diagnosis: random.pick(isMajor ? majorDiseases : chronicDiseases),
  })
}

/** One visit to a doctor. */
export function oneVisit(registered: boolean, person: Person, settledOn: number, random: Random): Settlement {
  const [median, sigma] = calibration.medical.outpatient
  return bill(registered, Math.round(random.lognormal(median, sigma) * 100), random, {
    ...{ person, no: '', settledOn, admitted: settledOn, diagnosis: random.pick(chronicDiseases) },
    kind: person.condition === 'chronic' && random.chance(0.6) ? 'chronic-outpatient' : 'outpatient',
    hospital: random.chance(0.6) ? '村卫生室' : random.pick(hospitals),
  })
}
