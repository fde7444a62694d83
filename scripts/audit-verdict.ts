/** 0: checked, nothing to be done. 1: a known high or critical weakness that has a fix. 3: nothing was checked. */
export const auditExit = { clean: 0, fixIt: 1, notChecked: 3 } as const

export interface AuditVerdict {
  exit: (typeof auditExit)[keyof typeof auditExit]
  lines: string[]
}

interface Weakness {
  name: string
  severity: string
  fixAvailable: boolean | { name: string; version: string; isSemVerMajor?: boolean }
  via: (string | { title?: string; url?: string })[]
}

/**
 * What `npm audit --json` found. Only a whole report of a whole tree counts as checked: an answer of the advisory service that
 * did not come, an error, or a report about no package at all says nothing about the packages.
 */
export function auditVerdict(output: string): AuditVerdict {
  const report = parse(output)
  if (!report) return notChecked('npm gave no report')
  if (report.error !== undefined || report.auditReportVersion !== 2) {
    const status = report.statusCode ? ` (${String(report.statusCode)})` : ''
    return notChecked(`the advisory service did not answer${status}`)
  }
  const examined = report.metadata?.dependencies?.total ?? 0
  if (examined === 0 || !report.vulnerabilities) return notChecked('no package was examined')

  const found = Object.values(report.vulnerabilities)
  const urgent = found.filter(
    ({ severity, fixAvailable }) =>
      (severity === 'high' || severity === 'critical') && fixAvailable !== false,
  )
  const rest = found.filter((one) => !urgent.includes(one))
  return {
    exit: urgent.length > 0 ? auditExit.fixIt : auditExit.clean,
    lines: [
      `checked: ${examined} packages, ${found.length} with known weaknesses`,
      ...urgent.map((one) => `FIX ${weaknessLine(one)}`),
      ...rest.map((one) => `    ${weaknessLine(one)}`),
    ],
  }
}

interface Report {
  auditReportVersion?: number
  error?: unknown
  statusCode?: number
  vulnerabilities?: Record<string, Weakness>
  metadata?: { dependencies?: { total?: number } }
}

function parse(output: string): Report | undefined {
  try {
    const report: unknown = JSON.parse(output)
    return typeof report === 'object' && report !== null ? report : undefined
  } catch {
    return undefined
  }
}

const notChecked = (why: string): AuditVerdict => ({
  exit: auditExit.notChecked,
  lines: [
    `not checked: ${why}. Known weaknesses of the packages are unknown; run this where it can be reached.`,
  ],
})

function weaknessLine({ name, severity, fixAvailable, via }: Weakness): string {
  const titles = via.map((one) =>
    typeof one === 'string' ? `by way of ${one}` : (one.title ?? one.url ?? ''),
  )
  const fix =
    typeof fixAvailable === 'object'
      ? `fixed in ${fixAvailable.name} ${fixAvailable.version}${fixAvailable.isSemVerMajor ? ' (a major version)' : ''}`
      : fixAvailable
        ? 'npm audit fix'
        : 'no fix yet'
  return `${severity} ${name}: ${[...new Set(titles)].join('; ')} — ${fix}`
}
