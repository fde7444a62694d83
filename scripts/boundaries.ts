import { folderCircles } from './folder-circles.ts'

interface Violation {
  rule: { name: string }
  from: string
  to: string
}

interface Cruised {
  source: string
  dependencies: readonly { resolved: string }[]
}

/** Modules below which the cruiser must have understood something: one that understood nothing also finds nothing wrong. */
const fewestModules = 50

/** What is wrong with the imports, from the cruiser's report, whose own exit code says nothing in this form; empty when all is well. */
export function boundaryFaults(report: string): string[] {
  const { summary, modules } = JSON.parse(report) as {
    modules: readonly Cruised[]
    summary: { totalCruised: number; violations: readonly Violation[] }
  }
  const imports = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
  )
  return [
    ...(summary.totalCruised < fewestModules ? [`only ${summary.totalCruised} modules were cruised`] : []),
    ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
    ...folderCircles(imports),
  ]
}
