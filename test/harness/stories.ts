import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isScreened, screenProvince } from '#server/night.ts'
import { type TestDatabase, testDeps } from './database.ts'
import { openIntake } from './intake.ts'

export const storyFolder = path.resolve(import.meta.dirname, '../cases/stories')

export interface Story {
  /** What happened, in words. */
  words: string[]
  commands: Command[]
  /** Household (`*` for every one) → rules that must and must not be open at the end. */
  expected: { household: string; open: string[]; notOpen: string[] }[]
}

export type Command =
  | { does: 'import'; feed: string; file: string; asOf: string; corrects: number | null }
  | { does: 'screen'; asOf: string }

/** Reads `story.txt`: words behind #, the commands as they are typed, and what must be open at the end. */
export function readStory(name: string): Story {
  const lines = readFileSync(path.join(storyFolder, name, 'story.txt'), 'utf8').split('\n')
  const story: Story = { words: [], commands: [], expected: [] }
  for (const line of lines) {
    const [verb, ...rest] = line.trim().split(/\s+/)
    if (verb === '#') story.words.push(rest.join(' '))
    else if (verb === 'import' || verb === 'screen') story.commands.push(commandOf(verb, rest))
    else if (verb === 'expect') story.expected.push(...expectedOf(rest.join(' ')))
    else if (verb) throw new Error(`${name}: ${line}`)
  }
  return story
}

function commandOf(verb: 'import' | 'screen', words: string[]): Command {
  const option = (name: string) => {
    const at = words.indexOf(name)
    return at < 0 ? undefined : words[at + 1]
  }
  const asOf = option('--as-of') ?? ''
  if (verb === 'screen') return { does: 'screen', asOf }
  const [feed = '', file = ''] = words
  const corrects = option('--corrects')
  return { does: 'import', feed, file, asOf, corrects: corrects === undefined ? null : Number(corrects) }
}

function expectedOf(text: string): Story['expected'] {
  return text.split(';').map((part) => {
    const [household = '', ...rules] = part.trim().split(/\s+/)
    const named = (sign: string) => rules.filter((one) => one.startsWith(sign)).map((one) => one.slice(1))
    return { household, open: named('+'), notOpen: named('-') }
  })
}

/** What the command line does with the commands, one after the other; a file that does not merge ends the story. */
export async function liveStory(t: TestDatabase, name: string, commands: readonly Command[]) {
  const refs: string[] = []
  for (const command of commands) {
    if (command.does === 'screen') {
      const deps = testDeps(t.database, command.asOf)
      if (!(await isScreened(deps))) await screenProvince(deps)
      continue
    }
    const { feed, file, asOf, corrects } = command
    const intake = openIntake(t.database, asOf)
    const body = readFileSync(path.join(storyFolder, name, file))
    const batch = corrects === null ? undefined : refs[corrects - 1]
    const { ref, state } = await intake.deliver(feed, body, { name: file, corrects: batch })
    intake.close()
    if (state !== 'merged') throw new Error(`${file}: ${state}`)
    if (feed !== 'household' && feed !== 'member') refs.push(ref)
  }
}

/** Rules of the open clues of every household, by the household's number. */
export async function openRules({ database }: TestDatabase): Promise<Map<string, Set<string>>> {
  const { rows } = await database.pool.query<{ household: string; rules: string[] | null }>(
    `select h.household_no as household, array_agg(distinct r.rule) filter (where r.rule is not null) as rules
     from household h left join clue c on c.county = h.county and c.household_id = h.id and c.closed_on is null
       and c.signals > 0
     left join lateral unnest(c.rules) r(rule) on true
     where h.closed_on is null group by h.household_no`,
  )
  return new Map(rows.map(({ household, rules }) => [household, new Set(rules ?? [])]))
}

/** What a story got wrong of what it expects. */
export function missed(story: Story, open: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return story.expected.flatMap(({ household, ...wanted }) => {
    const names = household === '*' ? [...open.keys()] : [household]
    return names.flatMap((name) => {
      const rules = open.get(name)
      if (!rules) return [`no household ${name}`]
      return [
        ...wanted.open.filter((rule) => !rules.has(rule)).map((rule) => `${name} lacks ${rule}`),
        ...wanted.notOpen.filter((rule) => rules.has(rule)).map((rule) => `${name} has ${rule}`),
      ]
    })
  })
}
