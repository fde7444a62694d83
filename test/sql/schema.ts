import type pg from 'pg'
import { describeTexts } from './describe.ts'

const creates = /^\s*create\s+(?:temp|temporary|unlogged)\s+table\s+(?:if not exists\s+)?(?<name>[\w."]+)/i

/** The commands of a text, each on its own. */
export function commandsOf(text: string): string[] {
  const bare = text.replace(/--[^\n]*/g, '')
  const pieces = bare.match(/(?:'(?:[^']|'')*'|\$\$[\s\S]*?\$\$|[^;'])+/g) ?? []
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '')
}

/** What can be described of a command that is not described itself: the tables and columns it names. */
export function asQuery(command: string): string {
  const copied = /^copy\s+([\w."]+)\s*(?:\(([^)]*)\))?\s+from/i.exec(command)
  if (copied) return `select ${copied[2] ?? '*'} from ${copied[1]}`
  const named =
    /^(?:analyze|truncate(?:\s+table)?|lock\s+table)\s+([\w.",\s]+?)(?:\s+in\s+[\w\s]+mode)?$/i.exec(command)
  return named ? `select from ${named[1]}` : command
}

/** Makes the working tables that texts make as they go, anew, for as long as the connection lives; answers what it could not. */
export async function createTables(client: pg.PoolClient, texts: readonly string[]): Promise<void> {
  const commands = [...new Set(texts.flatMap(commandsOf).filter((text) => creates.test(text)))]
  let waiting = commands.map((text) => text.replace(/\bon commit drop\b/i, ''))
  for (const name of new Set(waiting.map(nameOf))) await client.query(`drop table if exists ${name} cascade`)
  for (let before = Number.POSITIVE_INFINITY; waiting.length < before; ) {
    before = waiting.length
    const left: string[] = []
    for (const text of waiting) if (!(await create(client, text))) left.push(text)
    waiting = left
  }
}

const nameOf = (text: string) => creates.exec(text)?.groups?.name ?? ''

async function create(client: pg.PoolClient, text: string): Promise<boolean> {
  const [described] = await describeTexts(client, [text])
  if (!described || 'problem' in described) return false
  const { rows } = await client.query<{ name: string }>(
    'select format_type(oid, null) as name from unnest($1::oid[]) with ordinality as t (oid, n) order by n',
    [described.parameters],
  )
  const bound = text.replace(/\$(\d+)/g, (_, n) => `null::${rows[Number(n) - 1]?.name ?? 'text'}`)
  await client.query(`drop table if exists ${nameOf(text)} cascade; ${bound}`)
  return true
}
