import type { Value } from '#server/modules/feeds/checks/index.ts'
import { type FeedDefinition, type StoredColumn, storedColumns } from '#server/modules/feeds/index.ts'
import type { CopyBuffer } from '#server/platform/database/copy-buffer.ts'
import type { Vault } from '#server/platform/keys/crypto.ts'
import { comparableName } from '#server/platform/people/comparable-name.ts'
import { birthByDocument } from '#server/platform/people/documents.ts'
import { pinyinInitials } from '#server/platform/text.ts'
import { isRegistryFeed } from '../tables.ts'

type Write = (into: CopyBuffer, value: Value) => void

/** Writes the COPY line of a checked row, in the order of {@link stageColumns}. */
export function compileLine(
  feed: FeedDefinition,
  vault: Vault,
): (into: CopyBuffer, rowNo: number, values: readonly Value[]) => void {
  const place = (key: string) => feed.columns.findIndex((column) => column.key === key)
  // Not remembered between rows: a text kept from a file keeps alive the whole block it was cut from.
  const writeIndex: Write = (into, value) => into.plain(vault.blindIndex(String(value)))
  const makers: Record<StoredColumn['source'], Write | undefined> = {
    value: undefined,
    // Empty until the other rows are looked at.
    derived: (into) => into.text(''),
    cipher: (into, value) => {
      into.plain('\\\\x')
      into.plain(vault.encrypt(String(value)).toString('hex'))
    },
    index: writeIndex,
    pinyin: (into, value) => into.text(pinyinInitials(String(value))),
    comparable: (into, value) => {
      const compared = comparableName(String(value))
      if (compared === value) into.nothing()
      else into.text(compared)
    },
  }
  const fields: { at: number; write: Write }[] = storedColumns(feed).map(({ key, source, type }) => ({
    at: place(key),
    write: makers[source] ?? (type === 'text' ? writeText : writePlain),
  }))
  if (!isRegistryFeed(feed)) {
    const idNumber = place('idNumber')
    fields.unshift(
      { at: idNumber, write: writeIndex },
      { at: place('name'), write: (into, value) => into.text(comparableName(String(value))) },
      {
        at: idNumber,
        write: (into, value) => {
          const birth = birthByDocument(String(value))
          if (birth === null) into.nothing()
          else into.plain(birth)
        },
      },
    )
  }
  return (into, rowNo, values) => {
    into.number(rowNo)
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i]
      if (!field) continue
      const value = field.at < 0 ? '' : values[field.at]
      into.tab()
      if (value === null || value === undefined) into.nothing()
      else field.write(into, value)
    }
    into.endLine()
  }
}

function writeText(into: CopyBuffer, value: Value) {
  into.text(typeof value === 'string' ? value : String(value))
}

/** Numbers, dates and booleans hold nothing that COPY would read as more than it is. */
function writePlain(into: CopyBuffer, value: Value) {
  if (typeof value === 'number') into.number(value)
  else if (typeof value === 'boolean') into.flag(value)
  else into.plain(String(value))
}
