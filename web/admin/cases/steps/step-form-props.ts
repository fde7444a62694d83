import type { Case } from '#contract/cases.ts'

export interface StepFormProps {
  one: Case
}
