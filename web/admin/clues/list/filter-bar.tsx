import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, Popover, Select, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Cause, type RiskLevel } from '#contract/common.ts'
import { ClueState } from '#contract/work/clues.ts'
import { ClueChannel } from '#contract/work/reports.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { formatCount } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import type { ClueSearch } from '../search.ts'
import { useRuleNames } from '../use-rule-names.ts'

type Counts = Record<string, number>
interface Facets {
  level: Counts
  cause: Counts
  state: Counts
  rule: Counts
  channel: Counts
}

interface FilterBarProps {
  search: ClueSearch
  facets: Facets | undefined
  onChange(change: Partial<ClueSearch>): void
}

const levels: RiskLevel[] = ['red', 'orange', 'yellow']
const states = ClueState.options

/** Filters as chips in one row; each says what it holds and how many clues each choice would show. */
export function FilterBar({ search, facets, onChange }: FilterBarProps) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const casework = useTranslation('visits').t
  const me = useMe()
  const ruleName = useRuleNames()
  const area = useQuery({
    queryKey: ['division', search.area],
    queryFn: () => api.divisions.get({ code: search.area ?? me.area.code }),
    enabled: search.area !== undefined && search.area !== me.area.code,
  })
  const isFiltered = Object.entries(search).some(
    ([key, value]) => !['sort', 'descending', 'page'].includes(key) && value !== undefined,
  )
  return (
    <>
      <SearchBox value={search.q ?? ''} onSearch={(q) => onChange({ q: q || undefined })} />
      <Choice
        name={t('level')}
        values={levels}
        chosen={search.level ?? []}
        counts={facets?.level}
        label={(level) => <RiskMark risk={level} />}
        onChange={(level) => onChange({ level })}
      />
      <Choice
        name={t('cause')}
        values={Cause.options.filter((cause) => facets?.cause[cause] || search.cause?.includes(cause))}
        chosen={search.cause ?? []}
        counts={facets?.cause}
        label={(cause) => common(`cause.${cause}`)}
        onChange={(cause) => onChange({ cause })}
      />
      <Choice
        name={t('state')}
        values={states}
        chosen={search.state ?? []}
        counts={facets?.state}
        label={(state) => common(`clueState.${state}`)}
        onChange={(state) => onChange({ state })}
      />
      <Choice
        name={casework('filterChannel')}
        values={ClueChannel.options.filter(
          (channel) => facets?.channel[channel] || search.channel?.includes(channel),
        )}
        chosen={search.channel ?? []}
        counts={facets?.channel}
        label={(channel) => common(`channel.${channel}`)}
        onChange={(channel) => onChange({ channel })}
      />
      <Choice
        name={t('rule')}
        values={Object.keys(facets?.rule ?? {}).toSorted()}
        chosen={search.rule ?? []}
        counts={facets?.rule}
        label={ruleName}
        onChange={(rule) => onChange({ rule })}
      />
      <Button
        className={search.overdue ? 'chip chosen' : 'chip'}
        aria-pressed={search.overdue === true}
        onClick={() => onChange({ overdue: search.overdue ? undefined : true })}
      >
        {t('overdueOnly')}
      </Button>
      {search.area !== undefined && search.area !== me.area.code && (
        <Tag closable onClose={() => onChange({ area: undefined })}>
          {t('area', { name: area.data?.division.name ?? search.area })}
        </Tag>
      )}
      {search.openedFrom && (
        <Tag closable onClose={() => onChange({ openedFrom: undefined })}>
          {t('openedFrom', { day: search.openedFrom })}
        </Tag>
      )}
      {search.openedTo && (
        <Tag closable onClose={() => onChange({ openedTo: undefined })}>
          {t('openedTo', { day: search.openedTo })}
        </Tag>
      )}
      {isFiltered && (
        <Button type="link" onClick={() => onChange(nothing)}>
          {t('clearAll')}
        </Button>
      )}
      <Select
        className="sorter"
        value={search.sort ?? 'level'}
        aria-label={t('sortBy')}
        options={(['level', 'opened', 'due', 'name'] as const).map((value) => ({
          value,
          label: `${t('sortBy')}: ${t(`sort.${value}`)}`,
        }))}
        onChange={(sort) =>
          onChange({
            sort: sort === 'level' ? undefined : sort,
            descending: sort === 'opened' ? true : undefined,
          })
        }
      />
    </>
  )
}

const nothing: Partial<ClueSearch> = {
  area: undefined,
  level: undefined,
  cause: undefined,
  state: undefined,
  channel: undefined,
  rule: undefined,
  overdue: undefined,
  openedFrom: undefined,
  openedTo: undefined,
  q: undefined,
}

function SearchBox({ value, onSearch }: { value: string; onSearch(q: string): void }) {
  const { t } = useTranslation('clues')
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  return (
    <Input.Search
      className="search-box"
      allowClear
      value={typed}
      placeholder={t('searchPlaceholder')}
      aria-label={t('searchPlaceholder')}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(text) => onSearch(text.trim())}
    />
  )
}

interface ChoiceProps<T extends string> {
  name: string
  values: readonly T[]
  chosen: readonly T[]
  counts: Counts | undefined
  label(value: T): React.ReactNode
  onChange(chosen: T[] | undefined): void
}

function Choice<T extends string>({ name, values, chosen, counts, label, onChange }: ChoiceProps<T>) {
  const toggle = (value: T) => {
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
    onChange(next.length > 0 ? next : undefined)
  }
  const list = (
    <fieldset className="choices">
      <legend className="visually-hidden">{name}</legend>
      {values.map((value) => (
        <Checkbox key={value} checked={chosen.includes(value)} onChange={() => toggle(value)}>
          <span className="choice-label">
            {label(value)}
            <span className="muted">{counts && formatCount(counts[value] ?? 0)}</span>
          </span>
        </Checkbox>
      ))}
    </fieldset>
  )
  return (
    <Popover trigger="click" placement="bottomLeft" content={list} arrow={false}>
      <Button className={chosen.length > 0 ? 'chip chosen' : 'chip'} aria-haspopup="dialog">
        {name}
        {chosen.length > 0 && (
          <b>
            {chosen.map((value) => (
              <span key={value}>{label(value)}</span>
            ))}
          </b>
        )}
        <span aria-hidden="true">▾</span>
      </Button>
    </Popover>
  )
}
