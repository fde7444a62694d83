import type { Cause } from '#contract/common.ts'
import type {
  Concern,
  MeasureState,
  MeasureSuggestion,
  MeasureType,
  Plan,
  PlanCheck,
  PlanPerson,
} from '#contract/work/plans.ts'
import type { PolicyPack } from '#server/modules/policy/index.ts'

/** What may become of a measure: it begins, and is carried out; until then it can be cancelled. */
export const nextStates = {
  planned: ['under-way', 'cancelled'],
  'under-way': ['done', 'cancelled'],
  done: [],
  cancelled: [],
} as const satisfies Record<MeasureState, readonly MeasureState[]>

export const mayBecome = (from: MeasureState, to: MeasureState) =>
  (nextStates[from] as readonly MeasureState[]).includes(to)
export const isEnded = (state: MeasureState) => nextStates[state].length === 0

/** What the checks look at. */
export interface PlanFacts {
  causes: readonly Cause[]
  dueOn: string
  firstMeasureDueOn: string
  /** Null where nothing is known of any member. */
  labourMembers: number | null
  /** Kinds of the measures that were not cancelled. */
  types: readonly MeasureType[]
  /** Days on which the first of them was put in, and began. */
  firstMadeOn: string | null
  firstBegunOn: string | null
}

type Terms = PolicyPack['measures']
type Checked = Omit<PlanCheck, 'source'>

const kindsOf = ({ types }: Terms, kind: Terms['types'][number]['kind']) =>
  types.filter((type) => type.kind === kind).map(({ id }) => id)
export const developmentKinds = (terms: Terms) => kindsOf(terms, 'development')

/** What only a guarantee of everything covers; a household able to work must not be left with that alone. */
const guarantee: MeasureType = 'guarantee'

/** Each check that concerns the household: whether it passed, is still due, or is missing. */
export function checksOf(facts: PlanFacts, today: string, terms: Terms): Checked[] {
  const { causes, dueOn, firstMeasureDueOn, labourMembers, types, firstMadeOn, firstBegunOn } = facts
  const stateOf = (there: boolean, due: string): PlanCheck['state'] =>
    there ? 'passed' : today > due ? 'missing' : 'due'
  const on = (day: string | null): Record<string, string> => (day === null ? {} : { on: day })
  const checks: Checked[] = [
    {
      check: 'plan-in-time',
      state: stateOf(firstMadeOn !== null, dueOn),
      details: { due: dueOn, ...on(firstMadeOn) },
    },
    {
      check: 'first-measure',
      state: stateOf(firstBegunOn !== null, firstMeasureDueOn),
      details: { due: firstMeasureDueOn, ...on(firstBegunOn) },
    },
  ]
  const open = causes.filter((cause) => !covers(terms, cause).some((type) => types.includes(type)))
  if (causes.length > 0) {
    const due = { due: firstMeasureDueOn, causes: open.join(',') }
    const would = [...new Set(open.flatMap((cause) => covers(terms, cause)))].join(',')
    const state = stateOf(open.length === 0, firstMeasureDueOn)
    checks.push({ check: 'cause-covered', state, details: { ...due, types: would } })
  }
  if (labourMembers === null) return checks
  const due = { due: firstMeasureDueOn, labour: String(labourMembers) }
  if (labourMembers === 0) {
    const state = stateOf(types.includes(guarantee), firstMeasureDueOn)
    return [...checks, { check: 'guarantee-path', state, details: due }]
  }
  const developing = types.some((type) => developmentKinds(terms).includes(type))
  checks.push({
    check: 'development-measure',
    state: stateOf(developing, firstMeasureDueOn),
    details: { ...due, types: developmentKinds(terms).join(',') },
  })
  if (types.length > 0)
    checks.push({
      check: 'guarantee-only',
      state: types.every((type) => type === guarantee) ? 'missing' : 'passed',
      details: due,
    })
  return checks
}

const covers = ({ causes }: Terms, cause: Cause): readonly MeasureType[] => causes.get(cause)?.types ?? []

type Member = Plan['members'][number]

/**
 * Measures the policy has for the causes, then for what the plan lacks otherwise, each for whom it concerns. What the plan has
 * already for that person is left out.
 */
export function suggest(
  { causes, labourMembers, types }: Pick<PlanFacts, 'causes' | 'labourMembers' | 'types'>,
  members: readonly Member[],
  measures: readonly { type: MeasureType; person: PlanPerson | null; state: MeasureState }[],
  terms: Terms,
): MeasureSuggestion[] {
  const found = new Map<string, MeasureSuggestion>()
  const add = (type: MeasureType, because: MeasureSuggestion['because'], cause?: Cause) => {
    const term = terms.types.find(({ id }) => id === type)
    if (!term || (term.kind === 'development' && labourMembers === 0)) return
    for (const { concern, person } of concerned(term.for, members)) {
      const key = `${type} ${person?.ref ?? ''}`
      const known = found.get(key)
      if (known && cause) known.causes.push(cause)
      if (!known)
        found.set(key, { type, person, concern, title: term.title, because, causes: cause ? [cause] : [] })
    }
  }
  for (const cause of causes) for (const type of covers(terms, cause)) add(type, 'cause', cause)
  const development = developmentKinds(terms)
  if (labourMembers !== 0 && !types.some((type) => development.includes(type)))
    for (const type of development) add(type, 'development')
  if (labourMembers === 0) add(guarantee, 'guarantee')
  return [...found.values()].filter(
    ({ type, person }) =>
      !measures.some(
        (one) =>
          one.state !== 'cancelled' &&
          one.type === type &&
          (one.person === null || one.person.ref === person?.ref),
      ),
  )
}

/** Whom a measure is for: everybody of the first concern that is anybody's, or the household. */
function concerned(
  wanted: readonly Concern[],
  members: readonly Member[],
): { concern: Concern; person: PlanPerson | null }[] {
  for (const concern of wanted) {
    if (concern === 'household') return [{ concern, person: null }]
    const who = members.filter(({ concerns }) => concerns.includes(concern))
    if (who.length > 0) return who.map(({ ref, name }) => ({ concern, person: { ref, name } }))
  }
  return []
}
