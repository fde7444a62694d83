import { Input } from 'antd'

interface SearchFieldProps {
  name: string
  value: string | undefined
  className?: string
  onSearch(value: string | undefined): void
}

/** Searched for when Enter is pressed; what the address says stands in it. */
export function SearchField({ name, value, className = 'search', onSearch }: SearchFieldProps) {
  return (
    <Input.Search
      key={value}
      className={className}
      allowClear
      defaultValue={value}
      placeholder={name}
      aria-label={name}
      onSearch={(text) => onSearch(text.trim() || undefined)}
    />
  )
}
