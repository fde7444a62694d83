import type { VisitItemKey } from '#contract/work/visits.ts'
import type { StepProps } from './step-props.ts'
import { StepClue } from './steps/step-clue.tsx'
import { StepEvidence } from './steps/step-evidence.tsx'
import { StepItem } from './steps/step-item.tsx'
import { StepReview } from './steps/step-review.tsx'
import { StepRisks } from './steps/step-risks.tsx'
import { StepSignatures } from './steps/step-signatures.tsx'
import { StepWho } from './steps/step-who.tsx'

interface StepContentProps extends StepProps {
  step: string
  missing: readonly string[]
  moveTo(step: string): void
}

export function StepContent({ step, missing, moveTo, ...props }: StepContentProps) {
  const [kind = '', id = ''] = step.split(/:(.*)/s)
  if (kind === 'item') return <StepItem key={id} {...props} item={id as VisitItemKey} />
  if (kind === 'clue') {
    const clue = props.visit.clues.find((one) => one.id === id)
    return clue ? <StepClue key={id} {...props} clue={clue} /> : null
  }
  if (kind === 'risks') return <StepRisks {...props} />
  if (kind === 'evidence') return <StepEvidence {...props} />
  if (kind === 'signatures') return <StepSignatures {...props} />
  if (kind === 'review') return <StepReview {...props} missing={missing} moveTo={moveTo} />
  return <StepWho {...props} />
}
