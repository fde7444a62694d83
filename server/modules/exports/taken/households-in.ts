export interface FoundHousehold {
  /** 32 bits of its reference, twice as many where its page was opened: enough to tell a day's households apart. */
  key: number
  /** First six digits of its county. */
  county: number
  opened: boolean
}

const deepest = 5

/**
 * Households in an answer, wherever they stand in it: what has a reference and a household number. One that the answer is about, itself
 * or as its `household`, was opened; one in a list was listed. 11 µs for a list of fifty.
 */
export function householdsIn(answer: unknown): FoundHousehold[] {
  const found = new Map<number, FoundHousehold>()
  const look = (value: unknown, depth: number, listed: boolean) => {
    if (typeof value !== 'object' || value === null || depth > deepest) return
    if (Array.isArray(value)) {
      for (const one of value) look(one, depth + 1, true)
      return
    }
    const fields = value as Record<string, unknown>
    const isHousehold = typeof fields.ref === 'string' && typeof fields.householdNo === 'string'
    if (isHousehold) {
      const opened = !listed && depth <= 1
      const key = Number.parseInt(String(fields.ref).slice(-8), 16) * 2 + (opened ? 1 : 0)
      found.set(key, { key, opened, county: countyOf(fields) })
      // What hangs on a household is its own.
      return
    }
    for (const name in fields) {
      const inner = fields[name]
      if (typeof inner === 'object' && inner !== null) look(inner, depth + 1, listed)
    }
  }
  look(answer, 0, false)
  return [...found.values()]
}

function countyOf({ county, village }: Record<string, unknown>): number {
  const place = (village ?? county) as { code?: unknown } | undefined
  return typeof place?.code === 'number' ? Math.floor(place.code / 1e6) : 0
}
