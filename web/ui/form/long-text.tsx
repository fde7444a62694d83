import { Form, Input } from 'antd'
import type { ReactNode } from 'react'

interface LongTextProps {
  id: string
  label: string
  value: string
  rows?: number
  max?: number
  /** Below the field. */
  hint?: ReactNode
  placeholder?: string
  required?: boolean
  /** Why it cannot be sent so. */
  wrong?: string | false | undefined
  onChange(text: string): void
}

/** A few sentences somebody writes, in a form. */
export function LongText(props: LongTextProps) {
  const {
    id,
    label,
    value,
    rows = 3,
    max = 500,
    hint,
    placeholder,
    required = false,
    wrong,
    onChange,
  } = props
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      extra={hint}
      required={required}
      {...(wrong ? { validateStatus: 'error', help: wrong } : {})}
    >
      <Input.TextArea
        id={id}
        rows={rows}
        maxLength={max}
        value={value}
        placeholder={placeholder}
        aria-invalid={wrong ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Form.Item>
  )
}
