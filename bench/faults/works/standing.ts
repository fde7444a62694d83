import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from '../client.ts'
import type { Work } from '../work.ts'

const pages = ['/api/workbench', '/api/clues?size=50', '/api/households', '/api/overview', '/api/visits']
const expectedAnswers = new Set([200, 401, 429, 503, 507])

/** Officers read pages, and the audit looks at what was read: every page that came was written down before. */
export const reading: Work = {
  name: 'pages',
  async run({ world, isOver }, pass) {
    const officer = new Client(world.net, 'linquan')
    const auditor = new Client(world.net, 'shenji')
    const [before] = await world.query<{ id: number }>(
      'select coalesce(max(id), 0)::int as id from audit_entry',
    )
    let came = 0
    for (let i = 0; i < 15 || (!isOver() && i < 2000); i++) {
      const page = pages[i % pages.length] ?? ''
      const [status] = await Promise.all([
        officer.once(page),
        i < 15 && i % 3 === 2 ? pass((i + 1) / 3) : undefined,
      ])
      if (status === 200 && page.includes('/clues')) came += 1
      if (status !== undefined && !expectedAnswers.has(status)) world.net.odd.push(`${status} ${page}`)
      if (i % 20 === 10) await auditor.once('/api/audit')
      await delay(30)
    }
    for (const page of pages) await officer.get(page)
    return async () => {
      const [found] = await world.query<{ n: number }>(
        "select count(*)::int as n from audit_entry where id > $1 and action = 'clues.list'",
        [before?.id],
      )
      const n = found?.n ?? 0
      return { lost: n < came ? [`${n} entries of ${came} lists that were read`] : [], doubled: [] }
    }
  },
}

/** Judges the whole province anew beside the server, as an operator does; begun again where it failed. */
export const screening: Work = {
  name: 'screening',
  run: (episode, pass) => commandUntilDone(episode.world, ['screen', '--full', '--json'], pass),
}

export const backing: Work = {
  name: 'backup',
  fits: ({ database }) => database === undefined,
  run: ({ world }, pass) =>
    commandUntilDone(world, ['backup', path.join(world.folder, 'backups'), '--json'], pass),
}

const mostTries = 20
/** A command has taken its connections by then. */
const beginsMs = 1500

async function commandUntilDone(
  world: Parameters<Work['run']>[0]['world'],
  command: readonly string[],
  pass: (moment: number) => Promise<void>,
): Promise<undefined> {
  for (let tries = 1; ; tries++) {
    const running = world.command(command)
    for (let moment = 1; tries === 1 && moment <= 5; moment++) {
      await delay(beginsMs / 2)
      await pass(moment)
    }
    if ((await running) === 0) return undefined
    if (tries === mostTries) throw new Error(`${command[0]} did not get through`)
    await delay(500)
  }
}
