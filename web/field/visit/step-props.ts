import type { RefObject } from 'react'
import type { Visit } from '#contract/work/visits.ts'
import type { Draft } from '../work/draft.ts'

export interface StepProps {
  visit: Visit
  draft: Draft
  change(changed: Partial<Draft>): void
  /** Takes the focus when the step comes up, so that it is read out. */
  heading: RefObject<HTMLHeadingElement | null>
}
