import { copyField } from '#server/platform/copy.ts'
import type { Vault } from '#server/platform/crypto.ts'
import { birthOf } from '#server/platform/id-number.ts'
import { pinyinInitials } from '#server/platform/text.ts'
import type { Value } from '../checks/index.ts'
import { type FeedDefinition, storedColumns } from '../definitions/kit.ts'
import { isRegistryFeed } from './tables.ts'

type Write = (values: readonly Value[]) => string

/** Makes the COPY line of a checked row, in the order of {@link stageColumns}. */
export function compileLine(feed: FeedDefinition, vault: Vault): (rowNo: number, values: Value[]) => string {
  const place = (key: string) => feed.columns.findIndex((column) => column.key === key)
  const indexOf = remembering((text) => vault.blindIndex(text))
  const pinyinOf = remembering(pinyinInitials)
  const writers: Write[] = []

  if (!isRegistryFeed(feed)) {
    const idNumber = place('idNumber')
    const name = place('name')
    writers.push(
      (values) => indexOf(String(values[idNumber])),
      (values) => copyField(values[name] ?? null),
      (values) => birthOf(String(values[idNumber])),
    )
  }
  for (const { key, source, type } of storedColumns(feed)) {
    const at = place(key)
    const made = (make: (text: string) => string): Write => {
      return (values) => {
        const value = values[at]
        return value === null || value === undefined ? '\\N' : make(String(value))
      }
    }
    if (source === 'cipher') writers.push(made((text) => `\\\\x${vault.encrypt(text).toString('hex')}`))
    else if (source === 'index') writers.push(made(indexOf))
    else if (source === 'pinyin') writers.push(made((text) => copyField(pinyinOf(text))))
    else if (type === 'text') writers.push((values) => copyField(values[at] ?? null))
    else writers.push((values) => plainField(values[at]))
  }

  return (rowNo, values) => {
    let line = String(rowNo)
    for (let i = 0; i < writers.length; i++) line += `\t${writers[i]?.(values)}`
    return `${line}\n`
  }
}

/** Numbers, dates and booleans hold nothing that COPY would read as more than it is. */
function plainField(value: Value | undefined): string {
  if (value === null || value === undefined) return '\\N'
  return value === true ? 't' : value === false ? 'f' : String(value)
}

const remembered = 20_000

/** Files come sorted by person or household more often than not; a short memory saves most of the work then. */
function remembering(make: (text: string) => string): (text: string) => string {
  let known = new Map<string, string>()
  return (text) => {
    let made = known.get(text)
    if (made === undefined) {
      made = make(text)
      if (known.size >= remembered) known = new Map()
      known.set(text, made)
    }
    return made
  }
}
