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

interface Known {
  kind: string
  visitor: string | undefined
  steps: (Accepted & { stepped: string })[]
  openObjections: number
  reviewedWell: boolean
  publicityFrom: string | undefined
}

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

  /** A settled visit opened this identification, or joined the one that runs. */
  visited(found: CaseNow | undefined, visitor: string) {
    if (found?.state !== 'running') return
    if (!this.cases.has(found.id)) this.cases.set(found.id, known(found.kind, visitor))
  }

  judge(done: Accepted, before: string | undefined, now: CaseNow | undefined): string[] {
    const faults: string[] = []
    const input = (done.body.input ?? done.body) as Record<string, unknown>
    if (done.what === 'clue') return faults
    if (done.what === 'resolve') {
      if (now && !this.cases.has(now.id)) this.cases.set(now.id, known(now.kind, undefined))
      if (!this.enteredOn) faults.push('resolution of a household that was never entered')
      if (input.way === 'helped') faults.push('helped without a single measure')
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
    if (steps.includes(done.what)) {
      faults.push(...this.judgeStep(done, input, file))
      file.steps.push({ ...done, stepped: done.what })
      if (done.what === 'enter' && now?.state === 'entered' && file.kind === 'identification')
        this.enteredOn = done.day
      if (done.what === 'enter' && file.kind === 'resolution') this.enteredOn = undefined
    }
    return faults
  }

  private judgeStep({ who, what, day }: Accepted, input: Record<string, unknown>, file: Known): string[] {
    const faults: string[] = []
    const did = (step: string) => file.steps.some(({ stepped }) => stepped === step)
    const identification = file.kind === 'identification'
    if (what === 'authorise' && (input['signatories'] as string[]).length < 2)
      faults.push('one of two adults signed')
    if (what === 'compare') {
      if (!did('authorise')) faults.push('compared without authorisation')
      if (who !== 'county') faults.push(`compared by ${who}`)
    }
    if (what === 'review') {
      if (identification && !did('compare')) faults.push('reviewed before the comparison')
      const [due, present, agreed] = ['due', 'present', 'agreed'].map((key) => Number(input[key]))
      if ((present ?? 0) * 3 < (due ?? 0) * 2) faults.push('no quorum')
      // Fewer agreeing is a review all the same: it refuses.
      file.reviewedWell = (agreed ?? 0) * 2 > (present ?? 0)
    }
    if (what === 'publicity') {
      if (!file.reviewedWell) faults.push('hung out without a review that agreed')
      file.publicityFrom = String(input.from)
    }
    if (what === 'township-audit' || what === 'county-approval') {
      if (!file.publicityFrom) faults.push('decided without publicity')
      else if (Date.parse(day) - Date.parse(file.publicityFrom) < 5 * 86_400_000)
        faults.push('decided before five days of publicity')
      if (file.openObjections > 0) faults.push('decided over an open objection')
      if (identification && !did('compare')) faults.push('decided without comparison')
      if (who === file.visitor || file.steps.some((step) => step.who === who && step.stepped !== what))
        faults.push(`${who} decided a case of their own hand`)
      if (what === 'township-audit' && who !== 'township') faults.push(`audited by ${who}`)
      if (what === 'county-approval') {
        if (who !== 'checker' && who !== 'leader') faults.push(`approved by ${who}`)
        if (file.steps.findLast(({ stepped }) => stepped === 'township-audit')?.body === undefined)
          faults.push('approved without audit')
      }
      if (what === 'township-audit' && input.agree === false) {
        file.reviewedWell = false
        file.publicityFrom = undefined
      }
    }
    if (what === 'announce' && !agreedBy(file, 'county-approval')) faults.push('announced without approval')
    if (what === 'enter' && !did('announce')) faults.push('entered without announcement')
    return faults
  }
}

const known = (kind: string, visitor: string | undefined): Known => ({
  ...{ kind, visitor, steps: [], openObjections: 0 },
  ...{ reviewedWell: false, publicityFrom: undefined },
})

function agreedBy({ steps: done }: Known, step: string): boolean {
  const last = done.findLast(({ stepped }) => stepped === step)
  return (last?.body.input as { agree?: boolean } | undefined)?.agree === true
}
