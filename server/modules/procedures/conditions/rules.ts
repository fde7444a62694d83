import type { Role } from '#contract/access/capabilities.ts'
import { addMonths } from '#contract/days.ts'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import {
  type CaseKind,
  type CaseStep,
  caseSteps,
  type Guard,
  type GuardCheck,
  type StepInput,
} from '#contract/work/cases.ts'

/** A resolution compares nothing, so it needs no word on it. */
export const stepsOf = {
  identification: caseSteps,
  resolution: ['verify', 'review', 'publicity', 'township-audit', 'county-approval', 'announce', 'enter'],
} as const satisfies Record<CaseKind, readonly CaseStep[]>

/** What may follow a step: the next one, back to the review, or an end. `verify` is the visit that opened the case. */
export const nextSteps = {
  verify: ['authorise', 'review'],
  authorise: ['compare'],
  compare: ['review'],
  review: ['publicity', 'refused'],
  publicity: ['township-audit', 'review'],
  'township-audit': ['county-approval', 'review'],
  'county-approval': ['announce', 'refused'],
  announce: ['enter'],
  enter: ['entered'],
} as const satisfies Record<CaseStep, readonly (CaseStep | 'refused' | 'entered')[]>

export function stepAfter(kind: CaseKind, step: CaseStep): CaseStep | undefined {
  const steps: readonly CaseStep[] = stepsOf[kind]
  return steps[steps.indexOf(step) + 1]
}

/** Who does a step, and at which level. The township may do what its villages have nobody for. */
export const responsible = {
  verify: { roles: ['village', 'team-member', 'township'], level: 'village' },
  authorise: { roles: ['village', 'team-member', 'township'], level: 'village' },
  compare: { roles: ['clerk'], level: 'county' },
  review: { roles: ['village', 'team-member', 'township'], level: 'village' },
  publicity: { roles: ['village', 'team-member', 'township'], level: 'village' },
  'township-audit': { roles: ['township'], level: 'township' },
  'county-approval': { roles: ['checker', 'leader'], level: 'county' },
  announce: { roles: ['village', 'team-member', 'township'], level: 'village' },
  enter: { roles: ['township', 'clerk'], level: 'township' },
} as const satisfies Record<CaseStep, { roles: readonly Role[]; level: 'village' | 'township' | 'county' }>

export const isResponsible = (role: Role, step: CaseStep) =>
  (responsible[step].roles as readonly Role[]).includes(role)

/** Limits of the policy, by the step that is to be done. */
export const stepLimits = {
  verify: 'verificationLimit',
  authorise: 'authoriseLimit',
  compare: 'compareLimit',
  review: 'reviewLimit',
  publicity: 'announceLimit',
  'township-audit': 'townshipAuditLimit',
  'county-approval': 'countyApprovalLimit',
  announce: 'announceLimit',
  enter: 'enterLimit',
} as const satisfies Record<CaseStep, string>

/** Everything the guards check; read by the server, never sent by the client. */
export interface CaseFacts {
  kind: CaseKind
  step: CaseStep | null
  today: string
  actor: { userId: string; name: string; role: Role }
  /** Surnames of the household's members. */
  surnames: ReadonlySet<string>
  /** Who did anything in this case, the visitors among them. */
  actors: ReadonlySet<string>
  /** Those of them whose account the actor made a while ago, or was made by. */
  tied: ReadonlySet<string>
  authorised: boolean
  compared: boolean
  flags: readonly { explained: boolean; decision: 'accepted' | 'barred' | null }[]
  publicityUntil: string | null
  openObjections: number
  /** The clock stands still: nothing goes on until it runs again. */
  paused: boolean
}

const check = (guard: Guard, passed: boolean, details: Record<string, string> = {}): GuardCheck => ({
  guard,
  passed: passed,
  details,
})

/** Guards of a step that do not depend on what is typed in for it. */
export function checksOf(step: CaseStep, facts: CaseFacts): GuardCheck[] {
  const identification = facts.kind === 'identification'
  const checks = [check('step-order', facts.step === step, { step: facts.step ?? '' })]
  if (facts.paused) checks.push(check('case-paused', false))
  if (identification && (step === 'compare' || step === 'review'))
    checks.push(check('no-authorisation', facts.authorised))
  if (step === 'township-audit' || step === 'county-approval') {
    const open = facts.flags.filter(({ explained }) => !explained).length
    const undecided = facts.flags.filter(({ decision }) => decision === null).length
    if (identification) {
      checks.push(check('comparison-missing', facts.compared))
      checks.push(check('flags-unexplained', open === 0, { flags: String(open) }))
      if (step === 'county-approval')
        checks.push(check('flags-undecided', undecided === 0, { flags: String(undecided) }))
      checks.push(
        check(
          'flags-veto',
          facts.flags.every(({ decision }) => decision !== 'barred'),
        ),
      )
    }
    const until = facts.publicityUntil
    checks.push(check('publicity-days', until !== null && until <= facts.today, { until: until ?? '' }))
    checks.push(
      check('open-objection', facts.openObjections === 0, { objections: String(facts.openObjections) }),
    )
    checks.push(
      check('same-person', !facts.actors.has(facts.actor.userId) && !facts.actors.has(facts.actor.name)),
      check('account-tied', facts.tied.size === 0),
    )
  }
  return checks
}

/** The numbers of a village review: enough present, and more than the share agreeing. */
export function reviewChecks(
  { due, present, agreed }: { due: number; present: number; agreed: number },
  { quorumBp, majorityBp }: { quorumBp: number; majorityBp: number },
): { quorum: GuardCheck; majority: GuardCheck } {
  // The policy writes two thirds as 66.67 %; a half point of a hundredth is left for that.
  const needed = Math.ceil((due * quorumBp) / 10_000 - due * 0.0001)
  const details = {
    due: String(due),
    present: String(present),
    agreed: String(agreed),
    needed: String(needed),
  }
  return {
    quorum: check('quorum', present <= due && present >= needed, details),
    majority: check('majority', agreed <= present && agreed * 10_000 > present * majorityBp, details),
  }
}

/** A day that somebody writes down does not lie ahead; a meeting and an announcement follow the opening of the case. */
export function dayChecks(
  input: StepInput,
  { openedOn, today }: { openedOn: string; today: string },
): GuardCheck[] {
  const within = (day: string, from: string) => [
    check('day-wrong', day >= from && day <= today, { day, from, to: today }),
  ]
  if (input.step === 'authorise') return within(input.signedOn, addMonths(openedOn, -12))
  if (input.step === 'review') return within(input.meetingOn, openedOn)
  return input.step === 'announce' ? within(input.on, openedOn) : []
}

export const bearsSurname = ({ actor, surnames }: Pick<CaseFacts, 'actor' | 'surnames'>) =>
  surnames.has(actor.name.slice(0, 1))

/** What is known for a resolution; null where the source is silent. */
export interface ResolutionFacts {
  monthsSince: number | null
  monthsNeeded: number
  netIncomePerHeadFen: number | null
  /** Null where none is set for the day. */
  lineFen: number | null
  uninsured: number | null
  dropouts: number | null
  dwellingGrade: number | null
  waterSafe: boolean | null
  /** Items of the newest visit that were good. */
  seenGood: ReadonlySet<string>
  /** How many items it found wanting, whatever a department reports. */
  seenProblems: number
  visited: boolean
  /** Members the register still has, and whether the newest visit met anybody. */
  members: number
  metAnybody: boolean
  measures: number
  unfinished: number
  openClues: number
  labourless: boolean
}

/** The machine guards of a resolution. What no source reported, a visit may have seen; what neither did has not passed. */
export function resolutionChecks(facts: ResolutionFacts): GuardCheck[] {
  const { monthsSince, monthsNeeded, netIncomePerHeadFen: income, lineFen, seenGood } = facts
  const known = (
    good: Guard,
    unknown: Guard,
    item: string,
    value: boolean | null,
    details: Record<string, string> = {},
  ): GuardCheck => {
    if (value !== null) return check(good, value, details)
    return seenGood.has(item)
      ? check(good, true, { ...details, seen: item })
      : check(unknown, false, { item })
  }
  // Not rounded up: what lacks a fraction to the line must not read as having reached it.
  const yuan = (fen: number) => String(Math.floor(fen) / 100)
  return [
    check('visit-missing', facts.visited),
    check('visit-problem', facts.seenProblems === 0, { items: String(facts.seenProblems) }),
    check('months-since', monthsSince !== null && monthsSince >= monthsNeeded, {
      months: String(monthsSince ?? 0),
      needed: String(monthsNeeded),
    }),
    // What was seen on a visit is no line either: somebody has to set one.
    lineFen === null
      ? check('line-unset', false)
      : known('income-line', 'income-unknown', 'income', income === null ? null : income > lineFen, {
          income: income === null ? '' : yuan(income),
          line: yuan(lineFen),
        }),
    known(
      'insurance',
      'insurance-unknown',
      'medical',
      facts.uninsured === null ? null : facts.uninsured === 0,
      {
        people: String(facts.uninsured ?? ''),
      },
    ),
    known('dropout', 'school-unknown', 'education', facts.dropouts === null ? null : facts.dropouts === 0, {
      people: String(facts.dropouts ?? ''),
    }),
    known(
      'dwelling',
      'dwelling-unknown',
      'housing',
      facts.dwellingGrade === null ? null : facts.dwellingGrade <= 2,
    ),
    known('water', 'water-unknown', 'water', facts.waterSafe),
    check('no-measure', facts.measures > 0),
    check('measure-unfinished', facts.unfinished === 0, { measures: String(facts.unfinished) }),
    check('open-clue', facts.openClues === 0, { clues: String(facts.openClues) }),
    check('guaranteed', !facts.labourless),
  ]
}

/** What ends by itself is looked at too: nobody is left in the register, or the visitors met nobody. */
export function naturalChecks({ visited, members, metAnybody }: ResolutionFacts): GuardCheck[] {
  return [
    check('visit-missing', visited),
    check('members-left', members === 0 || (visited && !metAnybody), { people: String(members) }),
  ]
}

/** The categories an identification may end in, by what the household is in the register. */
export function categoriesFor({
  registered,
  pack,
}: {
  registered: boolean
  pack: ReadonlySet<string>
}): HouseholdCategory[] {
  const own: HouseholdCategory[] = registered
    ? ['unstable', 'sudden-hardship']
    : ['marginal', 'sudden-hardship']
  return own.filter((category) => pack.has(category))
}
