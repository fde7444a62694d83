import { Input } from 'antd'
import { useId } from 'react'

interface DayFieldProps {
  label: string
  value: string
  max?: string
  size?: 'small' | 'middle'
  wrong?: boolean
  onChange(day: string): void
}

/** A day with its name before it, by the browser's own calendar. */
export function DayField({ label, value, max, size = 'middle', wrong = false, onChange }: DayFieldProps) {
  const id = useId()
  return (
    <span className="day-field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type="date"
        size={size}
        value={value}
        max={max}
        status={wrong ? 'error' : ''}
        onChange={({ target }) => target.value && onChange(target.value)}
      />
    </span>
  )
}
