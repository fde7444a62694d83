/** An import, as paths from the root of the project. */
export interface Import {
  from: string
  to: string
}

/** Where folders stand in one direction; what stands outside (tests, benchmarks) looks at everything. */
const checked = /^(contract|server|web)\//

/** The frame of the pages knows each of them; a page's texts and the shape of its address are data that others may show. */
const isWiring = ({ from, to }: Import) =>
  from.startsWith('web/admin/shell/') || /^web\/admin\/[^/]+\/(locales\/index|search)\.ts$/.test(to)

/**
 * Sibling folders that import each other, directly or round about: such folders are one folder with a wall painted through it, and
 * a module cut that way can be neither read nor moved alone. Files beside the folders do not count: a door may stand before its rooms.
 */
export function folderCircles(imports: readonly Import[]): string[] {
  const graph = new Map<string, Map<string, Import>>()
  for (const one of imports) {
    const between = isWiring(one) ? undefined : siblingsOf(one)
    if (!between) continue
    const [from, to] = between
    const next = graph.get(from) ?? new Map<string, Import>()
    graph.set(from, next)
    if (!next.has(to)) next.set(to, one)
  }
  const reached = new Map([...graph.keys()].map((folder) => [folder, reachableFrom(graph, folder)]))
  const faults: string[] = []
  for (const [folder, next] of graph) {
    for (const [other, { from, to }] of next) {
      // Each import that belongs to a circle is named once, so that the way out can be chosen.
      if (reached.get(other)?.has(folder))
        faults.push(`no-folder-circles: ${folder} <-> ${other} (${from} -> ${to})`)
    }
  }
  return faults.toSorted()
}

/** The two folders below the deepest one that holds both files, where there are two. */
function siblingsOf({ from, to }: Import): [string, string] | undefined {
  if (!checked.test(from) || !checked.test(to) || /\.test\.tsx?$/.test(from)) return undefined
  const [a, b] = [from.split('/'), to.split('/')]
  let depth = 0
  while (depth < Math.min(a.length, b.length) && a[depth] === b[depth]) depth += 1
  const isFolder = (parts: readonly string[]) => depth < parts.length - 1
  if (!isFolder(a) || !isFolder(b)) return undefined
  return [a.slice(0, depth + 1).join('/'), b.slice(0, depth + 1).join('/')]
}

function reachableFrom(graph: ReadonlyMap<string, ReadonlyMap<string, Import>>, start: string): Set<string> {
  const seen = new Set<string>()
  const open = [start]
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const next of graph.get(folder)?.keys() ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  }
  return seen
}
