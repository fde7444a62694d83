import { engine } from '#server/modules/screening/index.ts'

export interface IndicatorRow {
  county: number
  householdId: number
  village: number
  figures: Record<string, number | boolean | null>
}

const counties = [341221, 341225, 341203, 341522, 341524, 341722, 340825, 340827, 341322, 340828]

/** Small, fast, seeded. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Households by their indicators, about as a province has them: most untouched by most rules, incomes log-normal, one
 * county without water data, and single households without an income statement, a survey or a school record.
 */
export function* indicatorRows(households: number, seed: number): Generator<IndicatorRow> {
  const random = randomOf(seed)
  const chance = (share: number) => random() < share
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const logNormal = (median: number, sigma: number) => Math.round(median * Math.exp(sigma * normal()))
  const few = (share: number) => (chance(share) ? 1 + Math.floor(random() * 2) : 0)
  const unless = <T>(unknown: boolean, value: T) => (unknown ? null : value)

  for (let id = 1; id <= households; id++) {
    const county = counties[Math.floor(((id - 1) * counties.length) / households)] ?? counties[0] ?? 0
    const registered = chance(0.75)
    const monitored = chance(0.05)
    const size = 1 + Math.floor(random() * random() * 7)
    const perHead = logNormal(950_000, 0.32)
    const previous = Math.round(perHead * size * (0.8 + random() * 0.35))
    const noIncome = chance(0.02)
    const paid = chance(0.2) ? logNormal(120_000, 1) : 0
    const cut = chance(0.02) ? 1 + Math.floor(random() * 30) : 0
    const noWater = county === 341524
    const noSurvey = noWater || chance(0.03)
    yield {
      county,
      householdId: id,
      village: county * 1e6 + 101_201 + (id % 40),
      figures: {
        registered,
        relieved: registered && chance(0.98),
        unrelieved: false,
        monitored,
        householdSize: size,
        labourMembers: chance(0.06) ? 0 : Math.max(1, size - 1),
        schoolAgeMembers: few(0.2),
        netIncomePerHead: unless(noIncome, perHead),
        netIncome: unless(noIncome, perHead * size),
        previousNetIncome: unless(noIncome, previous),
        incomeDrop: unless(
          noIncome,
          Math.round((1 - (perHead * size) / previous) * 10_000) + (chance(0.02) ? 4000 : 0),
        ),
        inpatientSelfPaidYear: paid,
        inpatientSelfPaidLastYear: chance(0.03) ? 300_000 + few(0.5) * 400_000 : 0,
        largestStaySelfPaid: Math.round(paid * (0.5 + random() / 2)),
        rigidSpending: paid + few(0.1) * 200_000,
        resolved: chance(0.02),
        incomeAfterRigidPerHead: unless(noIncome, perHead - Math.round(paid / size)),
        uninsuredMembers: unless(chance(0.01), few(0.01)),
        newMajorIllnessMembers: few(0.01),
        epidemicMembers: few(0.0005),
        dropoutMembers: unless(chance(0.01), few(0.002)),
        dwellingGrade: unless(
          chance(0.02),
          chance(0.02) ? 3 + Math.floor(random() * 2) : 1 + Math.floor(random() * 2),
        ),
        longestWaterCutDays: unless(noWater, cut),
        waterCutDaysYear: unless(noWater, cut + few(0.05) * 9),
        waterQualityFailed: unless(noSurvey, chance(0.004)),
        waterLitres: unless(noSurvey, 200 + Math.floor(random() * 600) + (chance(0.9) ? 200 : 0)),
        waterTripMinutes: unless(noSurvey, Math.floor(random() * 21)),
        waterScarce: unless(noSurvey, chance(0.8)),
        assistanceStoppedMembers: few(0.01),
        newSevereDisabilityMembers: few(0.004),
        newMildDisabilityMembers: few(0.008),
        longestJoblessMonths: unless(chance(0.01), chance(0.03) ? 1 + Math.floor(random() * 5) : 0),
      },
    }
  }
}

export const columns = ['county', 'household_id', 'village', ...engine.indicators.map(({ column }) => column)]

/** Lines of COPY text in the order of {@link columns}; several thousand to a chunk. */
export function* copyLines(rows: Iterable<IndicatorRow>): Generator<string> {
  let chunk: string[] = []
  for (const row of rows) {
    const figures = engine.indicators.map(({ name }) => {
      const figure = row.figures[name]
      return figure === null || figure === undefined ? '\\N' : String(figure)
    })
    chunk.push(`${[row.county, row.householdId, row.village, ...figures].join('\t')}\n`)
    if (chunk.length < 4000) continue
    yield chunk.join('')
    chunk = []
  }
  yield chunk.join('')
}
