import { useQuery } from '@tanstack/react-query'
import { Cascader, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Division } from '#contract/common.ts'
import { queryClient } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { formatInstant } from '#web/ui/words/format.ts'
import { correctableQuery, placesQuery } from '../queries.ts'

/** What usually needs no answer. */
export interface Settings {
  area?: number | undefined
  periodTo?: string | undefined
  corrects?: string | undefined
}

interface SettingsFormProps {
  feed: string
  value: Settings
  onChange: (value: Settings) => void
}

export function SettingsForm({ feed, value, onChange }: SettingsFormProps) {
  const { t } = useTranslation('intake')
  const me = useMe()
  const { data: earlier = [] } = useQuery(correctableQuery(feed))
  return (
    <div className="settings">
      <Field label={t('check.area')} hint={t('check.areaHint', { area: me.area.name })}>
        <AreaChooser label={t('check.area')} onChange={(area) => onChange({ ...value, area })} />
      </Field>
      <Field label={t('check.period')} hint={t('check.periodHint')}>
        <Input
          type="date"
          aria-label={t('check.period')}
          max={me.asOf}
          value={value.periodTo ?? ''}
          onChange={({ target }) => onChange({ ...value, periodTo: target.value || undefined })}
        />
      </Field>
      <Field label={t('check.corrects')} hint={t('check.correctsHint')}>
        <Select
          aria-label={t('check.corrects')}
          className="wide"
          allowClear
          placeholder={t('check.correctsNone')}
          value={value.corrects}
          options={earlier.map(({ ref, fileName, receivedAt }) => ({
            value: ref,
            label: `${formatInstant(receivedAt)}  ${fileName}`,
          }))}
          onChange={(corrects?: string) => onChange({ ...value, corrects })}
        />
      </Field>
    </div>
  )
}

function Field({ label, hint, children }: { label: string; hint: string; children: ReactNode }) {
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        {label}
      </span>
      {children}
      <p className="muted">{hint}</p>
    </div>
  )
}

interface PlaceOption {
  value: number
  label: string
  isLeaf: boolean
  children?: PlaceOption[]
}

/** Places below one's own area, loaded level by level down to the county: files come by county or wider. */
function AreaChooser({ label, onChange }: { label: string; onChange: (area: number | undefined) => void }) {
  const { t } = useTranslation('intake')
  const me = useMe()
  const { data } = useQuery(placesQuery(me.area.code))
  const [below, setBelow] = useState<Record<number, PlaceOption[]>>({})
  const nest = (places: readonly Division[]): PlaceOption[] =>
    places.map(({ code, name, level }) => ({
      value: code,
      label: name,
      isLeaf: level !== 'city',
      ...(below[code] ? { children: below[code] } : {}),
    }))
  const load = async (chosen: { value?: string | number | null }[]) => {
    const code = Number(chosen.at(-1)?.value)
    const { children } = await queryClient.ensureQueryData(placesQuery(code))
    setBelow((known) => ({ ...known, [code]: nest(children) }))
  }
  return (
    <Cascader
      aria-label={label}
      className="wide"
      changeOnSelect
      placeholder={t('check.areaAll', { area: me.area.name })}
      options={nest(data?.children ?? [])}
      loadData={load}
      onChange={(path?: (string | number | null)[]) => {
        const last = path?.at(-1)
        onChange(last === undefined || last === null ? undefined : Number(last))
      }}
    />
  )
}
