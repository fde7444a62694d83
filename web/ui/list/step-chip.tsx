import { formatCount } from '#web/ui/words/format.ts'
import './step-chip.css'

interface StepChipProps {
  name: string
  /** Not known yet where there is none. */
  count: number | undefined
  chosen: boolean
  onChoose(): void
}

/** A figure that filters the list below it. */
export function StepChip({ name, count, chosen, onChoose }: StepChipProps) {
  return (
    <button type="button" className="step-chip" aria-pressed={chosen} onClick={onChoose}>
      <span>{name}</span>
      <b data-figure="rows">{count === undefined ? '\u00a0' : formatCount(count)}</b>
    </button>
  )
}
