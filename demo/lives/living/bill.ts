import { calibration } from '#demo/province/calibration.ts'
import type { Settlement } from '#demo/province/model.ts'
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
