import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** Files that come with a file: what it imports at once, and what it loads later but without texts of its own. */
function cameWith(file: string): string[] {
  const text = read(file).replaceAll(/withTexts\(\s*\[[^\]]*\],\s*import\('[^']+'\)/g, '')
  return [...text.matchAll(/(?:from|import\()\s*'((?:\.|#web\/)[^']+\.tsx?)'/g)].map(([, name = '']) =>
    name.startsWith('#web/')
      ? name.slice(1)
      : path.posix.normalize(path.posix.join(path.posix.dirname(file), name)),
  )
}

function allWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const next of cameWith(file)) allWith(next, seen)
  return seen
}

/** Catalogues by the name under which code asks for their texts, and by the name under which a page brings them. */
const catalogues = globSync('web/admin/*/locales/index.ts', { cwd: root }).map((file) => {
  const [, bound = ''] = /export const (\w+): Catalogue/.exec(read(file)) ?? []
  const [, name = ''] = /name: '(\w+)'/.exec(read(file)) ?? []
  return { bound, name }
})

const parts = globSync('web/admin/*/{index.ts,page.tsx}', { cwd: root }).flatMap((file) =>
  [...read(file).matchAll(/withTexts\(\s*\[([^\]]*)\],\s*import\('([^']+)'\)/g)].map(
    ([, bound = '', name = '']) => ({
      part: path.posix.join(path.posix.dirname(file), name),
      brought: bound.split(',').map((one) => one.trim()),
    }),
  ),
)

test('there are pages to look at', () => {
  expect(parts.length).toBeGreaterThan(30)
  expect(catalogues.length).toBeGreaterThan(15)
})

test.each(parts)('$part brings the texts it shows, and no others', ({ part, brought }) => {
  const shown = new Set(
    [...allWith(part)].flatMap((file) =>
      [...read(file).matchAll(/useTranslation\('(\w+)'|'(\w+):/g)].map(([, one, other]) => one ?? other),
    ),
  )
  const needed = catalogues.filter(({ name }) => shown.has(name)).map(({ bound }) => bound)
  expect(brought.toSorted()).toEqual(needed.toSorted())
})
