import { type Indicator, type IndicatorGroup, indicators, sourcesOf } from './catalogue.ts'
import { figuresSql, type Judged, partsOf } from './define.ts'

const limits = { smallint: 32_767, integer: 2_147_483_647, bigint: Number.MAX_SAFE_INTEGER }

/** Columns that a computation of these groups fills: always those of the register, which are known anyway. */
export function columnsOf(groups: readonly IndicatorGroup[]): string[] {
  return ['village', ...indicatorsOf(groups).map(({ column }) => column)]
}

function indicatorsOf(groups: readonly IndicatorGroup[]): Indicator[] {
  return indicators.filter(({ group }) => group === 'registry' || groups.includes(group))
}

/**
 * The indicators of these groups for every household in question that the register knows: county, household_id and the columns of
 * `columnsOf`. Null where the group's sources are late; clamped, so that no wild figure stops a run.
 */
export function indicatorsSql(judged: Judged, groups: readonly IndicatorGroup[]): string {
  const parts = partsOf(judged)
  const wanted = indicatorsOf(groups)
  const sources = [...sourcesOf(groups)].map(
    ([name, source]) => `left join (${figuresSql(source, parts)}) ${name}
      on ${name}.county = t.county and ${name}.household_id = t.household_id`,
  )
  const values = wanted.map(({ column, group, value, idle }) => {
    if (group === 'registry') return `${value} as ${column}`
    const always = idle ? `when ${idle(parts)} then 0 ` : ''
    return `case ${always}when c.covers_${group} then ${value} end as ${column}`
  })
  return `select i.county, i.household_id, i.village,
    ${wanted.map(fitted).join(',\n    ')}
  from (
    select t.county, t.household_id, h.village,
      ${values.join(',\n      ')}
    from ${parts.scope}
    join ${judged.known.household} h on h.county = t.county and h.id = t.household_id
    ${sources.join('\n    ')}
  ) i`
}

function fitted({ column, sqlType }: Indicator): string {
  if (sqlType === 'boolean') return `i.${column}`
  if (sqlType === 'double precision') return `cast(i.${column} as double precision) as ${column}`
  const most = limits[sqlType]
  return `cast(case when i.${column} > ${most} then ${most} when i.${column} < -${most} then -${most}
      else i.${column} end as ${sqlType}) as ${column}`
}
