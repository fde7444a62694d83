import type { ClueFinding, SolvedProof } from '#contract/work/visits.ts'
import { maskNumbers } from '#server/platform/text.ts'

/** Whether a finding that is to be called solved names who solved it and what proves it; what lies ahead shows nothing. */
export function isProven({ proof }: Pick<ClueFinding, 'proof'>, today: string): boolean {
  return proof !== null && proof.doneOn <= today
}

/** The proof as it is kept; none for anything but solved. Long numbers are masked. */
export function proofOf({ outcome, proof }: Pick<ClueFinding, 'outcome' | 'proof'>): SolvedProof | null {
  return outcome === 'solved' && proof ? { ...proof, document: maskNumbers(proof.document) } : null
}
