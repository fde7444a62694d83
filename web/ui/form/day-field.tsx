import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useId } from 'react'

interface DayFieldProps {
  label: string
  value: string
  max?: string
  size?: 'small' | 'middle'
  wrong?: boolean
  onChange(day: string): void
}

/** A day with its name before it, written as every day is. */
export function DayField({ label, value, max, size = 'middle', wrong = false, onChange }: DayFieldProps) {
  const id = useId()
  return (
    <span className="day-field">
      <label htmlFor={id}>{label}</label>
      <DatePicker
        id={id}
        size={size}
        value={dayjs(value)}
        allowClear={false}
        disabledDate={(day) => max !== undefined && day.format('YYYY-MM-DD') > max}
        status={wrong ? 'error' : ''}
        onChange={(day) => day && onChange(day.format('YYYY-MM-DD'))}
      />
    </span>
  )
}
