export type Level = 'province' | 'city' | 'county' | 'township' | 'village'

export interface Division {
  code: number
  parentCode: number | null
  level: Level
  name: string
}

/** The inclusive range of 12-digit codes that lies inside one division. */
export interface AreaScope {
  from: number
  to: number
  /** Account that sees only the households granted to it inside the range. */
  grantee?: string | null
}

const span: Record<Level, number> = { province: 1e10, city: 1e8, county: 1e6, township: 1e3, village: 1 }

/** Derived from the zeros at its end: 2 digits province, 2 city, 2 county, 3 township, 3 village. */
export function levelOf(code: number): Level {
  if (code % 1e10 === 0) return 'province'
  if (code % 1e8 === 0) return 'city'
  if (code % 1e6 === 0) return 'county'
  return code % 1e3 === 0 ? 'township' : 'village'
}

export function areaScope(code: number): AreaScope {
  return { from: code, to: code + span[levelOf(code)] - 1 }
}

/** The 6-digit county code that household-level tables begin with. */
export function countyOf(code: number): number {
  return Math.floor(code / 1e6)
}

/** Whether a range of codes covers whole counties: tallies by county can answer for it. */
export function coversWholeCounties({ from, to }: AreaScope): boolean {
  return from % 1e6 === 0 && to % 1e6 === 999_999
}
