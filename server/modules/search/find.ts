import { type Capability, may } from '#contract/access/capabilities.ts'
import type { Localized } from '#contract/common.ts'
import { type SearchAnswer, shownOfEach } from '#contract/search.ts'
import { feeds, findFeed } from '#server/modules/feeds/index.ts'
import { findPeople, searchTerm } from '#server/modules/registry/households/index.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import type { HouseholdScope, RequestDeps, Requester } from '#server/platform/http/rpc.ts'
import { initialsAsCharacters, spellingsOf } from '#server/platform/people/spelling.ts'
import { pinyinInitials } from '#server/platform/text.ts'
import { listBatchesNamed, listCasesOf, listCluesOf, listDivisions, readStrips } from './queries.ts'

type SearchDeps = Pick<RequestDeps, 'database' | 'vault' | 'clock'>

/** People beyond this are not counted, and what hangs on them is left to the lists. */
const mostPeople = 1000

/** What somebody typed, looked up in everything the account may read; the first few of each kind. */
export async function findEverything(
  deps: SearchDeps,
  me: Requester,
  scope: HouseholdScope,
  typed: string,
): Promise<SearchAnswer> {
  const { db } = deps.database
  const text = typed.normalize('NFKC').trim()
  if (text === '') return empty
  const able = (capability: Capability) => may(me.role, capability)
  // No name is longer.
  const letters = /^[a-z]{1,36}$/i.test(text) ? text.toLowerCase() : undefined
  const [people, divisions, batches] = await Promise.all([
    able('household.read') ? findHouseholds(deps, { scope, able }, text) : nothing,
    able('overview.read') || able('household.read')
      ? listDivisions(
          db,
          me.scope,
          {
            text,
            spelled: letters
              ? [initialsAsCharacters(letters), ...spellingsOf(letters).map((one) => one.letters)]
              : [],
          },
          shownOfEach,
        )
      : [],
    able('batch.read')
      ? listBatchesNamed(
          db,
          { ...me.scope, department: me.department },
          { text, feeds: feedsNamed(text, letters) },
          shownOfEach,
        )
      : [],
  ])
  const rules = able('policy.read') ? rulesNamed(deps.clock.today(), text, letters) : []
  return {
    ...people,
    batches: counted(batches, ({ feed, total: _total, ...batch }) => ({
      ...batch,
      feed: findFeed(feed)?.name ?? { zh: feed, en: feed },
    })),
    divisions: counted(divisions, ({ total: _total, ...division }) => division),
    rules: { total: rules.length, rows: rules.slice(0, shownOfEach) },
  }
}

const none = { total: 0, rows: [] }
const nothing = { households: none, clues: none, cases: none }
const empty = { ...nothing, batches: none, divisions: none, rules: none }

async function findHouseholds(
  { database: { db }, vault }: SearchDeps,
  { scope, able }: { scope: HouseholdScope; able(capability: Capability): boolean },
  text: string,
): Promise<Pick<SearchAnswer, 'households' | 'clues' | 'cases'>> {
  const term = searchTerm(text, vault.blindIndex)
  if (!term) return nothing
  const { households, isWhole } = await findPeople(db, scope, term, mostPeople)
  const first = households.slice(0, shownOfEach)
  const [strips, clues, cases] = await Promise.all([
    readStrips(db, first),
    isWhole && able('clue.read') ? listCluesOf(db, scope, households, shownOfEach) : [],
    isWhole && able('case.read') ? listCasesOf(db, scope, households, shownOfEach) : [],
  ])
  const withCount = <T>(list: T) => (isWhole ? list : { total: null, rows: [] })
  return {
    households: {
      total: isWhole ? households.length : null,
      rows: strips.map((strip, i) => ({ household: stripOf(strip), person: first[i]?.person ?? null })),
    },
    clues: withCount(
      counted(clues, ({ id, cause, level, state, ...row }) => ({
        id,
        cause,
        level,
        state,
        household: stripOf(row),
      })),
    ),
    cases: withCount(
      counted(cases, ({ id, kind, state, openedOn, ...row }) => ({
        id,
        kind,
        state,
        openedOn,
        household: stripOf(row),
      })),
    ),
  }
}

/** Each row knows how many there are. */
function counted<R extends { total: number }, T>(rows: readonly R[], present: (row: R) => T) {
  return { total: rows[0]?.total ?? 0, rows: rows.map(present) }
}

/** By a part of a name in either language, or by the initials of its pinyin. */
function isNamed({ zh, en }: Localized, text: string, letters: string | undefined): boolean {
  if (zh.includes(text) || (text.length > 2 && en.toLowerCase().includes(text.toLowerCase()))) return true
  if (letters === undefined) return false
  const name = [...zh].filter((letter) => /\p{Script=Han}/u.test(letter))
  return (
    pinyinInitials(name.join('')).includes(letters) ||
    spellingsOf(letters).some((one) =>
      one.letters.every((some, i) => some === null || some.includes(name[i] ?? '')),
    )
  )
}

const feedsNamed = (text: string, letters: string | undefined) =>
  feeds.flatMap(({ code, name }) => (isNamed(name, text, letters) ? [code] : []))

function rulesNamed(today: string, text: string, letters: string | undefined) {
  return packOn(today).rules.flatMap(({ id, title }) =>
    id.toLowerCase() === text.toLowerCase() || isNamed(title, text, letters) ? [{ id, title }] : [],
  )
}
