import { Checkbox } from 'antd'

interface OnlyIfProps {
  name: string
  value: boolean | undefined
  onChange(value: true | undefined): void
}

export function OnlyIf({ name, value, onChange }: OnlyIfProps) {
  return (
    <Checkbox checked={value === true} onChange={({ target }) => onChange(target.checked || undefined)}>
      {name}
    </Checkbox>
  )
}
