import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import type { z } from 'zod'
import { faultTexts } from './messages.ts'

export interface Fault {
  file: string
  line: number
  column: number
  reason: string
  mend: string
}

/** The pack cannot be used; lists everything that is wrong at once, each with its place. */
export class PolicyError extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map((f) => `${f.file}:${f.line}:${f.column} ${f.reason}\n    改法：${f.mend}`).join('\n'))
    this.name = 'PolicyError'
    this.faults = faults
  }
}

type Path = readonly PropertyKey[]

/** One YAML file that can say where in the text a value stands. */
export interface SourceFile {
  name: string
  /** The file's data, or undefined when it does not fit the schema; then its faults are in the list. */
  read<S extends z.ZodType>(schema: S): z.output<S> | undefined
  fault(at: Path, text: readonly [string, string]): void
}

export function openSourceFile(root: string, name: string, faults: Fault[]): SourceFile {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path.join(root, name), 'utf8'), { lineCounter: lines })

  function push(offset: number, [reason, mend]: readonly [string, string]) {
    const { line, col } = lines.linePos(offset)
    faults.push({ file: name, line, column: col, reason, mend })
  }
  function fault(at: Path, text: readonly [string, string]) {
    push(offsetOf(document.contents, at), text)
  }

  return {
    name,
    fault,
    read(schema) {
      for (const error of document.errors)
        push(error.pos[0], faultTexts.syntax(error.message.split('\n')[0] ?? ''))
      if (document.errors.length > 0) return undefined
      const parsed = schema.safeParse(document.toJS())
      if (parsed.success) return parsed.data
      for (const issue of parsed.error.issues) reportIssue(issue, fault)
      return undefined
    },
  }
}

function reportIssue(issue: z.core.$ZodIssue, fault: SourceFile['fault']) {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) fault([...issue.path, key], faultTexts.unknownKey(key, undefined))
  } else if (issue.code === 'invalid_type' && issue.message.includes('received undefined')) {
    fault(issue.path, faultTexts.missingKey(String(issue.path.at(-1))))
  } else {
    fault(issue.path, faultTexts.wrongValue(issue.message))
  }
}

/** Where the path ends, or as far as the text follows it; a key's own place rather than its value's. */
function offsetOf(root: unknown, at: Path): number {
  let node: unknown = root
  let offset = (root as Node | null)?.range?.[0] ?? 0
  for (const step of at) {
    if (isMap(node)) {
      const pair = (node.items as Pair[]).find((item) => isScalar(item.key) && item.key.value === step)
      if (!pair) return offset
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value
    } else {
      const item: unknown = (node as { items?: unknown[] } | null)?.items?.[Number(step)]
      if (!item) return offset
      offset = (item as Node).range?.[0] ?? offset
      node = item
    }
  }
  return offset
}

/** The known name a person most likely meant, if one is close. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
