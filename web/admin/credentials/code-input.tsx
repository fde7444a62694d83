import { Input } from 'antd'

interface CodeInputProps {
  id: string
  value: string
  autoFocus?: boolean
  onChange(code: string): void
}

/** Six digits in one field: paste, autofill and screen readers work as in any other. */
export function CodeInput({ id, value, autoFocus, onChange }: CodeInputProps) {
  return (
    <Input
      id={id}
      className="code-input"
      size="large"
      autoFocus={autoFocus}
      inputMode="numeric"
      autoComplete="one-time-code"
      value={value}
      onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, 6))}
    />
  )
}
