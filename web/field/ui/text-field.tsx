import { useId } from 'react'

interface TextFieldProps {
  label: string
  value: string
  onChange(value: string): void
  hint?: string
  maxLength?: number
  lines?: number
  inputMode?: 'text' | 'decimal' | 'numeric'
  autoComplete?: string
  type?: 'text' | 'password'
}

export function TextField({ label, hint, value, onChange, lines, ...rest }: TextFieldProps) {
  const id = useId()
  const shared = {
    id,
    value,
    'aria-describedby': hint ? `${id}-hint` : undefined,
    ...rest,
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="muted">
          {hint}
        </p>
      )}
      {lines ? (
        <textarea {...shared} rows={lines} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...shared} onChange={(event) => onChange(event.target.value)} />
      )}
    </div>
  )
}
