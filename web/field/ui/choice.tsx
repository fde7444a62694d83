import { type ReactNode, useId } from 'react'

export interface Option<T extends string> {
  value: T
  label: ReactNode
  mark?: ReactNode
}

interface ChoiceProps<T extends string> {
  legend: string
  options: readonly Option<T>[]
  value: T | null
  onChange(value: T): void
  /** In one row, for few and short ones. */
  inRow?: boolean
  hideLegend?: boolean
}

/** One of several, each as large as a thumb. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { legend, options, value, onChange, inRow = false, hideLegend = false } = props
  const name = useId()
  return (
    <fieldset className={inRow ? 'choice in-row' : 'choice'}>
      <legend className={hideLegend ? 'visually-hidden' : undefined}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="option">
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.mark}
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
