import { daysBetween } from '#contract/days.ts'

/** Something the server accepted. */
export interface Accepted {
  who: string
  what: string
  body: Record<string, unknown>
  day: string
  /** The case had ended before. */
  ended: boolean
}

interface CaseNow {
  id: string
  kind: string
  step: string | null
  state: string
}

/** What is true of the household whatever the program says. */
interface Household {
  surname: string
  /** Things on the check list that the comparison finds. */
  findings: number
}

interface Known {
  kind: string
  openedOn: string
  visitor: string | undefined
  steps: (Accepted & { stepped: string })[]
  openObjections: number
  reviewedWell: boolean
  publicityFrom: string | undefined
  /** What the comparison found; undefined before it was run. */
  findings: { explainedBy?: string; decision?: string }[] | undefined
  paused: boolean
  /** It stood still once: the last day is not reckoned any more. */
  everPaused: boolean
  green: boolean
}

/** First character of who acts, as the accounts of the demonstration are named. */
const surnames: Record<string, string> = {
  ...{ village: '城', township: '城', county: '临', checker: '临', leader: '临' },
}
const aboveVillage = ['township', 'county', 'checker', 'leader']

const steps = [
  'authorise',
  'compare',
  'review',
  'publicity',
  'township-audit',
  'county-approval',
  'announce',
  'enter',
]

/**
 * Judges what was accepted by nothing but what had been accepted before, in the words of the procedure (domain of the notice), written
 * without the program's own guards. Answers what should not have been accepted.
 */
export class CaseOracle {
  private readonly cases = new Map<string, Known>()
  private enteredOn: string | undefined
  /** When somebody was last at the household, and whether anybody was there. */
  private look: { day: string; met: boolean } | undefined
  private readonly household: Household

  constructor(household: Household) {
    this.household = household
  }

  /** Somebody was at the household. */
  looked(day: string, met: boolean) {
    this.look = { day, met }
  }

  /** A settled visit opened this identification, or joined the one that runs. */
  visited(found: CaseNow | undefined, visitor: string, day: string) {
    this.looked(day, true)
    if (found?.state !== 'running') return
    if (!this.cases.has(found.id)) this.cases.set(found.id, known(found.kind, visitor, day))
  }

  judge(done: Accepted, before: string | undefined, now: CaseNow | undefined): string[] {
    const faults: string[] = []
    const input = (done.body.input ?? done.body) as Record<string, unknown>
    if (done.what === 'clue') return faults
    if (done.what === 'resolve') {
      if (now && !this.cases.has(now.id)) this.cases.set(now.id, known(now.kind, undefined, done.day))
      if (!this.enteredOn) faults.push('resolution of a household that was never entered')
      if (input.way === 'helped') faults.push('helped without a single measure')
      else if (!this.look || this.look.met || daysBetween(this.look.day, done.day) > 31)
        faults.push('ended naturally, and nobody had seen the house empty')
      if (input.way === 'natural' && !input.grounds) faults.push('ended naturally without grounds')
      return faults
    }
    const file = before ? this.cases.get(before) : undefined
    if (!file) return [`${done.what} of a case nobody opened`]
    if (done.ended) faults.push(`${done.what} after the end`)
    if (done.what === 'object') {
      file.openObjections += 1
      return faults
    }
    // The comparison is the machine's; whoever starts it decides nothing.
    const did = file.steps.filter(({ stepped }) => stepped !== 'compare').map(({ who }) => who)
    const own = [file.visitor, ...did].includes(done.who)
    if (own && (done.what === 'drop' || (done.what === 'answer' && input.outcome === 'dismissed')))
      faults.push(`${done.who}: ${done.what} in a case of their own hand`)
    if (done.what === 'answer') {
      file.openObjections -= 1
      if (input.outcome === 'upheld') {
        file.reviewedWell = false
        file.publicityFrom = undefined
      }
      return faults
    }
    if (['pause', 'green', 'explain', 'decide'].includes(done.what))
      return [...faults, ...judgeAside(done, input, file)]
    if (steps.includes(done.what)) {
      if (file.paused) faults.push(`${done.what} while the clock stood still`)
      faults.push(...this.judgeStep(done, input, file))
      file.steps.push({ ...done, stepped: done.what })
      if (done.what === 'enter' && now?.state === 'entered' && file.kind === 'identification')
        this.enteredOn = done.day
      if (done.what === 'enter' && file.kind === 'resolution') this.enteredOn = undefined
      if (done.what === 'compare') file.findings = Array.from({ length: this.household.findings }, () => ({}))
    }
    return faults
  }

  private judgeStep({ who, what, day }: Accepted, input: Record<string, unknown>, file: Known): string[] {
    const faults: string[] = []
    const did = (step: string) => file.steps.some(({ stepped }) => stepped === step)
    const identification = file.kind === 'identification'
    if (what === 'authorise' && (input.signatories as string[]).length < 2)
      faults.push('one of two adults signed')
    if (what === 'compare') {
      if (!did('authorise')) faults.push('compared without authorisation')
      if (who !== 'county') faults.push(`compared by ${who}`)
    }
    if (what === 'review') {
      if (identification && !did('compare')) faults.push('reviewed before the comparison')
      const [due, present, agreed] = ['due', 'present', 'agreed'].map((key) => Number(input[key]))
      if ((present ?? 0) * 3 < (due ?? 0) * 2) faults.push('no quorum')
      if (String(input.meetingOn) > day) faults.push('a meeting that is yet to be held')
      // Fewer agreeing is a review all the same: it refuses.
      file.reviewedWell = (agreed ?? 0) * 2 > (present ?? 0)
    }
    if (what === 'publicity') {
      if (!file.reviewedWell) faults.push('hung out without a review that agreed')
      file.publicityFrom = String(input.from)
    }
    if (what === 'township-audit' || what === 'county-approval') {
      if (!file.publicityFrom) faults.push('decided without publicity')
      else if (daysBetween(file.publicityFrom, day) < 5) faults.push('decided before five days of publicity')
      if (file.openObjections > 0) faults.push('decided over an open objection')
      if (identification && !did('compare')) faults.push('decided without comparison')
      if (who === file.visitor || file.steps.some((step) => step.who === who && step.stepped !== what))
        faults.push(`${who} decided a case of their own hand`)
      if (identification && file.findings?.some(({ explainedBy }) => !explainedBy))
        faults.push('decided over a finding nobody explained')
      if (what === 'township-audit' && who !== 'township') faults.push(`audited by ${who}`)
      if (what === 'county-approval') {
        if (who !== 'checker' && who !== 'leader') faults.push(`approved by ${who}`)
        if (file.steps.findLast(({ stepped }) => stepped === 'township-audit')?.body === undefined)
          faults.push('approved without audit')
        if (input.agree && identification && file.findings?.some(({ decision }) => decision !== 'accepted'))
          faults.push('approved over a finding that is undecided or bars the household')
        const limit = identification ? 15 + (file.green ? 30 : 0) : 15 + 7
        if (!file.everPaused && daysBetween(file.openedOn, day) > limit && !input.lateReason)
          faults.push('approved after the last day, and nobody said why')
      }
      if (what === 'township-audit' && input.agree === false) {
        file.reviewedWell = false
        file.publicityFrom = undefined
      }
    }
    if (['review', 'township-audit', 'county-approval'].includes(what))
      if (surnames[who] === this.household.surname && input.notKin !== true)
        faults.push(`${who} bears the household's surname and declared nothing`)
    if (what === 'announce' && !agreedBy(file, 'county-approval')) faults.push('announced without approval')
    if (what === 'enter' && !did('announce')) faults.push('entered without announcement')
    return faults
  }
}

/** What is done beside the steps: the clock, the green channel, and what the comparison found. */
function judgeAside({ who, what }: Accepted, input: Record<string, unknown>, file: Known): string[] {
  const faults: string[] = []
  if (what === 'pause') {
    const pause = input.pause === true
    if (pause === file.paused) faults.push(pause ? 'stopped twice' : 'let run while it ran')
    if (pause && !aboveVillage.includes(who)) faults.push(`the clock stopped by ${who}`)
    file.paused = pause
    file.everPaused = true
  }
  if (what === 'green') {
    if (file.kind !== 'identification' || file.green) faults.push('a green channel there is none for')
    if (!aboveVillage.includes(who)) faults.push(`the green channel opened by ${who}`)
    file.green = true
  }
  const [finding] = file.findings ?? []
  if (what === 'explain') {
    if (who !== 'village' && who !== 'township') faults.push(`explained by ${who}`)
    if (!finding || finding.decision) faults.push('explained what was not found, or decided already')
    else finding.explainedBy = who
  }
  if (what === 'decide') {
    if (who === 'village' || who === 'township') faults.push(`a finding decided by ${who}`)
    if (!finding?.explainedBy) faults.push('decided what nobody had explained')
    else finding.decision = String(input.decision)
  }
  return faults
}

const known = (kind: string, visitor: string | undefined, openedOn: string): Known => ({
  ...{ kind, visitor, openedOn, steps: [], openObjections: 0 },
  ...{ reviewedWell: false, publicityFrom: undefined, findings: undefined },
  ...{ paused: false, everPaused: false, green: false },
})

function agreedBy({ steps: done }: Known, step: string): boolean {
  const last = done.findLast(({ stepped }) => stepped === step)
  return (last?.body.input as { agree?: boolean } | undefined)?.agree === true
}
