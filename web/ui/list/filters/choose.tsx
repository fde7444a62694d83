import { Select } from 'antd'
import type { ReactNode } from 'react'
import '../records.css'

interface Option<T> {
  value: T
  label: ReactNode
}

interface OneOfProps<T> {
  /** What is chosen. */
  name: string
  /** What stands in the field while nothing is chosen, where that is not its name. */
  placeholder?: string
  options: readonly Option<T>[]
  value: T | undefined
  onChange(value: T | undefined): void
}

export function OneOf<T extends string>({
  name,
  placeholder = name,
  options,
  value,
  onChange,
}: OneOfProps<T>) {
  return (
    <Select
      className="middle"
      allowClear
      value={value}
      placeholder={placeholder}
      aria-label={name}
      options={[...options]}
      onChange={(next?: T) => onChange(next)}
    />
  )
}

interface SomeOfProps<T> extends Omit<OneOfProps<T>, 'value' | 'onChange'> {
  /** As many as are named in the field. */
  most?: number | 'responsive'
  value: T[] | undefined
  onChange(value: T[] | undefined): void
}

export function SomeOf<T extends string>({
  name,
  placeholder = name,
  options,
  most,
  value,
  onChange,
}: SomeOfProps<T>) {
  return (
    <Select
      mode="multiple"
      className="wide"
      allowClear
      value={value ?? []}
      placeholder={placeholder}
      aria-label={name}
      maxTagCount={most}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...options]}
      onChange={(next: T[]) => onChange(next.length > 0 ? next : undefined)}
    />
  )
}
