import { useState } from 'react'
import { Choice } from './choice.tsx'
import { TextField } from './text-field.tsx'

interface MoneyFieldProps {
  title: string
  asKnown: string
  other: string
  label: string
  fen: number | null
  onChange(fen: number | null): void
}

/** As known by default; another figure only where somebody says one. */
export function MoneyField({ title, asKnown, other, label, fen, onChange }: MoneyFieldProps) {
  const [isOther, setOther] = useState(fen !== null)
  const [typed, setTyped] = useState(fen === null ? '' : String(fen / 100))
  const type = (text: string) => {
    const clean = text.replace(/[^\d.]/g, '').slice(0, 9)
    setTyped(clean)
    const yuan = Number.parseFloat(clean)
    onChange(Number.isFinite(yuan) ? Math.round(yuan * 100) : null)
  }
  return (
    <>
      <Choice
        legend={title}
        inRow
        options={[
          { value: 'known', label: asKnown },
          { value: 'other', label: other },
        ]}
        value={isOther ? 'other' : 'known'}
        onChange={(value) => {
          setOther(value === 'other')
          if (value === 'known') {
            setTyped('')
            onChange(null)
          }
        }}
      />
      {isOther && (
        <TextField label={label} value={typed} inputMode="decimal" autoComplete="off" onChange={type} />
      )}
    </>
  )
}
