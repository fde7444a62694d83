import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
} from '@ant-design/icons'
import type { CheckState } from '#contract/protection/operations.ts'

const marks = {
  ok: CheckCircleFilled,
  attention: ExclamationCircleFilled,
  bad: CloseCircleFilled,
  off: MinusCircleOutlined,
} as const satisfies Record<CheckState, unknown>

/** A state by shape and colour; its word stands beside it. */
export function CheckMark({ state }: { state: CheckState }) {
  const Mark = marks[state]
  return <Mark className={`check-mark ${state}`} aria-hidden />
}
