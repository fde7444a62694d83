import type { Role } from '#contract/access/capabilities.ts'
import { may } from '#contract/access/capabilities.ts'
import type { SearchAnswer } from '#contract/search.ts'
import type { Language } from '#web/locales/language.ts'
import { stringifySearch } from '#web/ui/page/search-params.ts'
import type { Entry } from '../menu.ts'

export type GroupName = 'pages' | keyof SearchAnswer

/** A line that can be chosen, and where it leads. */
export interface Item {
  key: string
  href: string
  title: string
  note?: string
  level?: SearchAnswer['clues']['rows'][number]['level']
}

export interface Group {
  name: GroupName
  items: Item[]
  /** The list behind the group, and how many it has; null where they are not counted. */
  all?: { href: string; total: number | null }
}

type Strip = SearchAnswer['clues']['rows'][number]['household']
const placeOf = ({ county, township, village }: Strip) =>
  [county, township, village].map(({ name }) => name).join(' ')

interface Words {
  text(localized: { zh: string; en: string }): string
  cause(cause: SearchAnswer['clues']['rows'][number]['cause']): string
  caseKind(kind: SearchAnswer['cases']['rows'][number]['kind']): string
}

/** Pages of the role's menu by a part of their name in either language. */
export function pagesNamed(entries: readonly Entry[], q: string, language: Language): Group {
  const wanted = q.toLowerCase()
  const found = entries.filter(({ name }) =>
    Object.values(name).some((one) => one.toLowerCase().includes(wanted)),
  )
  return {
    name: 'pages',
    items: found.map(({ to, name, capability }) => ({
      key: `page ${to} ${capability}`,
      href: to,
      title: name[language],
    })),
  }
}

/** The answer as groups of lines; a group with nothing to choose is left out. */
export function groupsOf(answer: SearchAnswer, q: string, role: Role, words: Words): Group[] {
  const list = (path: string, search: Record<string, unknown>) => `${path}${stringifySearch(search)}`
  const { households, clues, cases, batches, divisions, rules } = answer
  const places = may(role, 'household.read') ? '/households' : '/overview'
  const groups: Group[] = [
    {
      name: 'households',
      items: households.rows.map(({ household, person }) => ({
        key: `household ${household.ref}`,
        href: `/households/${household.ref}`,
        title:
          person === null || person === household.headName
            ? household.headName
            : `${person} · ${household.headName}`,
        note: `${placeOf(household)} · ${household.householdNo}`,
      })),
      all: { href: list('/households', { q }), total: households.total },
    },
    {
      name: 'clues',
      items: clues.rows.map(({ id, household, cause, level }) => ({
        key: `clue ${id}`,
        href: `/clues/${id}`,
        title: `${household.headName} · ${words.cause(cause)}`,
        note: placeOf(household),
        level,
      })),
      all: { href: list('/clues', { q }), total: clues.total },
    },
    {
      name: 'cases',
      items: cases.rows.map(({ id, household, kind, openedOn }) => ({
        key: `case ${id}`,
        href: `/cases/${id}`,
        title: `${household.headName} · ${words.caseKind(kind)}`,
        note: `${placeOf(household)} · ${openedOn}`,
      })),
    },
    {
      name: 'divisions',
      items: divisions.rows.map(({ code, name, above }) => ({
        key: `division ${code}`,
        href: list(places, { area: code }),
        title: name,
        note: above.join(' '),
      })),
    },
    {
      name: 'batches',
      items: batches.rows.map(({ ref, feed, fileName, asOf }) => ({
        key: `batch ${ref}`,
        href: `/intake/${ref}`,
        title: fileName,
        note: `${words.text(feed)} · ${asOf}`,
      })),
    },
    {
      name: 'rules',
      items: rules.rows.map(({ id, title }) => ({
        key: `rule ${id}`,
        href: list('/policy', { q: id }),
        title: `${id} ${words.text(title)}`,
      })),
    },
  ]
  return groups.flatMap(({ all, ...group }) => {
    // Its list says more than its first lines do.
    const isMore = all !== undefined && (all.total === null || all.total > group.items.length)
    if (group.items.length === 0 && !(isMore && households.rows.length > 0)) return []
    return [isMore ? { ...group, all } : group]
  })
}
