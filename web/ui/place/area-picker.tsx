import { useQueries, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Division, DivisionLevel } from '#contract/common.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import './area-picker.css'

const divisionQuery = (code: number) => ({
  queryKey: ['division', code],
  queryFn: () => api.divisions.get({ code }),
  staleTime: 600_000,
})
const levels: DivisionLevel[] = ['province', 'city', 'county', 'township', 'village']

interface AreaPickerProps {
  value: number | undefined
  /** What stands for the whole of one's own area. */
  whole: string
  /** As far down as one may choose. */
  deepest?: DivisionLevel
  size?: 'small' | 'middle' | 'large'
  onChange(area: number | undefined): void
}

/** One field for each level below one's own area; a field appears when the one above it is chosen. */
export function AreaPicker({ value, whole, deepest = 'village', size, onChange }: AreaPickerProps) {
  const { t } = useTranslation()
  const own = useMe().area
  const chosen = useQuery({ ...divisionQuery(value ?? own.code) })
  const path = chosen.data?.path ?? [own]
  const start = path.findIndex(({ code }) => code === own.code)
  const steps = path.slice(Math.max(start, 0))
  const parents = steps.filter(({ level }) => level !== 'village' && level !== deepest)
  const lists = useQueries({ queries: parents.map(({ code }) => divisionQuery(code)) })
  // Below a village there is nothing to choose.
  if (own.level === 'village') return null
  return (
    <div className="area-picker">
      {parents.map((parent, i) => {
        const children: Division[] = lists[i]?.data?.children ?? []
        const level = children[0]?.level ?? levels[levels.indexOf(parent.level) + 1]
        const current = steps[i + 1]
        if (!level || (lists[i]?.data && children.length === 0)) return null
        return (
          <Select
            key={parent.code}
            size={size}
            className="area-select"
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            loading={lists[i]?.isPending}
            aria-label={t(`divisionLevel.${level}`)}
            placeholder={i === 0 ? whole : t(`divisionLevel.${level}`)}
            value={current?.code}
            options={children.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code) => onChange(code ?? (i === 0 ? undefined : parent.code))}
          />
        )
      })}
    </div>
  )
}
