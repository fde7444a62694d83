import type { Case } from '#contract/work/cases.ts'

export interface StepFormProps {
  one: Case
}
