import { knownIdNumber } from '#bench/open-province.ts'

export interface Page {
  name: string
  /** Addresses behind `/api` that the page asks for together. */
  addresses: readonly string[]
}

const page = (name: string, ...addresses: string[]): Page => ({ name, addresses })

/** Every overview and list, with its filters and searches, that an account of an area opens. */
export function listPages({ area, surname }: { area: number; surname: string }): Page[] {
  const q = (text: string) => `/households?q=${encodeURIComponent(text)}`
  const clues = (filter: string) => `/clues?size=50${filter}`
  return [
    page('overview', `/overview?area=${area}`),
    page('workbench', '/workbench', '/workbench/reminder'),
    page('what has come up', '/workbench?group=escalated'),
    page('ladder', `/workbench/ladder?area=${area}`),
    page('tasks behind the ladder', `/workbench/tasks?area=${area}&overdue=true`),
    page('reminders', `/workbench/reminders?area=${area}`),
    page('categories', `/categories?area=${area}`),
    page('categories, another day', `/categories?area=${area}&on=2020-03-02`),
    page('reconciliation', `/categories/reconciliation?area=${area}&from=2019-12-31&to=2020-03-10`),
    page('households of a category', `/categories/spells?area=${area}&category[]=stable`),
    page('households of a grade', `/categories/spells?area=${area}&grade=yellow`),
    page('green households', `/categories/spells?area=${area}&grade=green`),
    page('clues', clues('')),
    page('clues, page 40', clues('&page=40')),
    page('clues, red', clues('&level[]=red')),
    page('clues, red and overdue', clues('&level[]=red&overdue=true')),
    page('clues of a cause', clues('&cause[]=illness')),
    page('clues of a rule', clues('&rule[]=R01')),
    page('clues of a channel', clues('&channel[]=self')),
    page('clues, excluded', clues('&state[]=excluded')),
    page('clues of this month', clues('&openedFrom=2020-03-01')),
    page('clues by deadline', clues('&state[]=dispatched&sort=due')),
    page('clues by name', clues('&sort=name')),
    page('clues of a name', clues(`&q=${encodeURIComponent(surname)}`)),
    page('households', '/households'),
    page('households, unstable', '/households?category[]=unstable'),
    page('households by surname', q(surname)),
    page('households by name', q(`${surname}甲子`)),
    page('households by pinyin', q('wjz')),
    page('households by number', q(String(area).replace(/0+$/, ''))),
    page('a household by its number', q('3412210010030')),
    page('households by ID number', q(knownIdNumber)),
    page('visits', '/visits'),
    page('visits that are due', `/visits/due?area=${area}`),
    page('cases', '/cases'),
    page('plans', '/plans'),
    page('plans that lack something', '/plans?lacking=true'),
  ]
}
