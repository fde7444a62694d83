import { AppError } from '#server/platform/errors.ts'
import type { Parameter, ParameterValue, PolicyPack } from './model.ts'
import type { OptionalParameter, ProgramParameter } from './packs/program-parameters.ts'

/** Parameter key → value in its stored unit. */
export type Values = ReadonlyMap<string, number>

/** The same value for every requested county, or one value each. */
export interface CountyValues {
  uniform: Values
  /** county → the parameters that differ between the requested counties. */
  varying: ReadonlyMap<number, Values>
  /** Parameters the pack has and nobody set for the day, anywhere. */
  unset: ReadonlySet<string>
}

/** Every parameter in force on a day in a division (12 digits): county over city over province, then the latest. */
export function resolveParameters(pack: PolicyPack, day: string, division: number): Values {
  const values = new Map<string, number>()
  for (const parameter of pack.parameters.values()) {
    const value = followedValue(pack, parameter, day, String(division))
    if (value !== undefined) values.set(parameter.key, value)
  }
  return values
}

/** Like {@link resolveParameters} for many counties (6 digits), separate only where they differ. */
export function resolveForCounties(pack: PolicyPack, day: string, counties: readonly number[]): CountyValues {
  const each = counties.map((county) => [county, resolveParameters(pack, day, county * 1e6)] as const)
  const [, first] = each[0] ?? [0, resolveParameters(pack, day, 340_000_000_000)]
  const differs = (key: string) => each.some(([, values]) => values.get(key) !== first.get(key))
  const keys = [...pack.parameters.keys()]
  const differing = keys.filter(differs)
  return {
    uniform: pick(
      first,
      keys.filter((key) => !differing.includes(key)),
    ),
    unset: new Set(keys.filter((key) => each.every(([, values]) => !values.has(key)) && !first.has(key))),
    varying: new Map(
      differing.length === 0 ? [] : each.map(([county, values]) => [county, pick(values, differing)]),
    ),
  }
}

/** A parameter the program itself needs; throws `policy-unset` on a day for which no policy says it, such as one before the first pack. */
export function getParameter(values: Values, key: ProgramParameter): number {
  const value = values.get(key)
  if (value === undefined) throw new AppError('policy-unset', { parameter: key })
  return value
}

/** A parameter the program reads where the pack has it. */
export function findParameter(values: Values, key: OptionalParameter): number | undefined {
  return values.get(key)
}

/** The written value in force, with its document and article; a derived parameter has none of its own. */
export function valueInForce(
  parameter: Parameter,
  day: string,
  division: string,
): ParameterValue | undefined {
  return parameter.values
    .filter((one) => one.from <= day && day <= (one.to ?? day) && division.startsWith(one.place))
    .toSorted((a, b) => b.place.length - a.place.length || (a.from < b.from ? 1 : -1))[0]
}

function followedValue(
  pack: PolicyPack,
  parameter: Parameter,
  day: string,
  division: string,
): number | undefined {
  if (!parameter.derived) return valueInForce(parameter, day, division)?.value
  const base = pack.parameters.get(parameter.derived.of)
  const share = pack.parameters.get(parameter.derived.share)
  const of = base && followedValue(pack, base, day, division)
  const by = share && followedValue(pack, share, day, division)
  return of === undefined || by === undefined ? undefined : Math.round((of * by) / 10_000)
}

function pick(values: Values, keys: readonly string[]): Values {
  return new Map(
    keys.flatMap((key) => {
      const value = values.get(key)
      return value === undefined ? [] : [[key, value] as const]
    }),
  )
}
