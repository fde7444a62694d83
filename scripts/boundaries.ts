interface Violation {
  rule: { name: string }
  from: string
  to: string
}

/** Modules below which the cruiser must have understood something: one that understood nothing also finds nothing wrong. */
const fewestModules = 50

/** What is wrong with the imports, from the cruiser's report, whose own exit code says nothing in this form; empty when all is well. */
export function boundaryFaults(report: string): string[] {
  const { summary } = JSON.parse(report) as {
    summary: { totalCruised: number; violations: readonly Violation[] }
  }
  return [
    ...(summary.totalCruised < fewestModules ? [`only ${summary.totalCruised} modules were cruised`] : []),
    ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  ]
}
