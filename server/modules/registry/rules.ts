/** Where a household stands by its newest record. */
export type HouseholdCategory = 'unrelieved' | 'stable' | 'unstable' | 'marginal' | 'ordinary'

/** One version of a household's record, as far as its category goes. */
export interface RecordVersion {
  registered: boolean
  reliefMark: string | null
  monitoringCategory: string | null
  identifiedOn: string | null
  relievedYear: number | null
  /** The day the version became known. */
  knownOn: string
}

export interface CategorySpell {
  category: HouseholdCategory
  from: string
  to: string | null
}

/** The same order of questions as the generated column `household.category`; a test holds the two together. */
export function categoryOf(
  record: Pick<RecordVersion, 'registered' | 'reliefMark' | 'monitoringCategory'>,
): HouseholdCategory {
  if (record.registered && (record.reliefMark === 'unrelieved' || record.reliefMark === 'relapsed'))
    return 'unrelieved'
  if (record.monitoringCategory === 'unstable' || record.monitoringCategory === 'marginal')
    return record.monitoringCategory
  return record.registered ? 'stable' : 'ordinary'
}

/**
 * Categories over time, oldest first, never overlapping. What the first version tells of the past counts: identification
 * starts the first spell, the end of the year of relief ends poverty. Later changes count from the day they became known.
 */
export function categorySpells(versions: readonly RecordVersion[]): CategorySpell[] {
  const starts: { category: HouseholdCategory; from: string }[] = []
  const begin = (category: HouseholdCategory, from: string) => {
    const last = starts.at(-1)
    if (last?.category === category) return
    // Two versions of one day: the later one is what the day ended with.
    if (last && last.from >= from) starts.pop()
    if (starts.at(-1)?.category !== category)
      starts.push({ category, from: last && last.from > from ? last.from : from })
  }
  for (const version of versions) {
    const category = categoryOf(version)
    if (starts.length > 0) {
      begin(category, version.knownOn)
      continue
    }
    const identified = version.identifiedOn ?? version.knownOn
    const relieved = version.relievedYear === null ? undefined : `${version.relievedYear}-12-31`
    if (version.registered && category !== 'unrelieved') {
      if (version.identifiedOn && relieved && version.identifiedOn < relieved)
        begin('unrelieved', version.identifiedOn)
      begin('stable', relieved ?? identified)
      begin(category, version.knownOn)
    } else {
      begin(category, category === 'ordinary' ? version.knownOn : identified)
    }
  }
  return starts.map(({ category, from }, i) => ({ category, from, to: starts[i + 1]?.from ?? null }))
}

/** Full years between birth and a day. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}

export interface IncomeItems {
  wageFen: number
  businessGrossFen: number
  propertyFen: number
  familyPlanningFen: number
  dibaoFen: number
  tekunFen: number
  pensionFen: number
  ecoCompensationFen: number
  otherTransferFen: number
  businessCostFen: number
}

/** Net income: every receipt less the cost of the business. */
export function netIncomeFen({ businessCostFen, ...receipts }: IncomeItems): number {
  return Object.values(receipts).reduce((sum, fen) => sum + fen, 0) - businessCostFen
}
