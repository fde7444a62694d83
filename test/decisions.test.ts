import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../docs/decisions')

test('the list of decisions names every record with its own title, in order', () => {
  const records = readdirSync(folder).filter((name) => /^\d{4}-[a-z0-9-]+\.md$/.test(name))
  const index = readFileSync(path.join(folder, 'README.md'), 'utf8')
  const listed = [...index.matchAll(/^- \[(\d{4})\]\((\S+)\) (.+)$/gm)].map(([, number, file, title]) => ({
    ...{ number, file, title },
  }))
  const titled = records.toSorted().map((file) => {
    const [, number, title] =
      /^# (\d{4}) (.+)$/m.exec(readFileSync(path.join(folder, file), 'utf8').split('\n', 1)[0] ?? '') ?? []
    return { number, file, title }
  })
  expect(listed).toEqual(titled)
  for (const { number, file } of titled) expect(file.startsWith(`${number}-`), file).toBe(true)
  // Everything in the folder is a record or this list.
  expect(readdirSync(folder).filter((name) => !records.includes(name))).toEqual(['README.md'])
})
