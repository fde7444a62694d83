import { describe, expect, it } from 'vitest'
import { auditExit, auditVerdict } from './audit-verdict.ts'

const metadata = {
  vulnerabilities: {},
  dependencies: { prod: 282, dev: 141, optional: 4, peer: 0, total: 423 },
}
const report = (vulnerabilities: object) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata })
const weakness = (severity: string, fixAvailable: unknown) => ({
  name: 'some-parser',
  severity,
  isDirect: false,
  via: [
    {
      source: 1,
      name: 'some-parser',
      title: 'Prototype pollution',
      url: 'https://example.test/advisory',
      severity,
    },
  ],
  effects: [],
  range: '<2.0.1',
  nodes: ['node_modules/some-parser'],
  fixAvailable,
})
const fix = { name: 'some-parser', version: '2.0.1', isSemVerMajor: true }

describe('npm audit', () => {
  it.each([
    ['nothing known', report({}), auditExit.clean, /checked: 423 packages, 0/],
    [
      'high with a fix',
      report({ p: weakness('high', true) }),
      auditExit.fixIt,
      /FIX high some-parser: Prototype pollution — npm audit fix/,
    ],
    [
      'critical with a major fix',
      report({ p: weakness('critical', fix) }),
      auditExit.fixIt,
      /fixed in some-parser 2.0.1 \(a major version\)/,
    ],
    [
      'high without a fix',
      report({ p: weakness('high', false) }),
      auditExit.clean,
      / {4}high some-parser: .* — no fix yet/,
    ],
    [
      'moderate with a fix',
      report({ p: weakness('moderate', true) }),
      auditExit.clean,
      /checked: 423 packages, 1/,
    ],
    [
      'by way of another',
      report({ p: { ...weakness('high', true), via: ['other'] } }),
      auditExit.fixIt,
      /by way of other/,
    ],
  ])('%s', (_name, output, exit, text) => {
    const verdict = auditVerdict(output)
    expect(verdict.exit).toBe(exit)
    expect(verdict.lines.join('\n')).toMatch(text)
  })

  // Shapes as npm 11 writes them where the service refuses, cannot be reached, or answers with something else.
  it.each([
    [
      'refused',
      {
        message: '405 Method Not Allowed',
        method: 'POST',
        uri: 'https://registry.test/-/npm/v1/security/advisories/bulk',
        headers: {},
        statusCode: 405,
        body: '',
        error: { summary: '', detail: '' },
      },
    ],
    [
      'out of reach',
      {
        message:
          'request to https://registry.test/-/npm/v1/security/audits/quick failed, reason: getaddrinfo EAI_AGAIN',
        error: { summary: '', detail: '' },
      },
    ],
    [
      'no lock file',
      { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.', detail: '' } },
    ],
    ['an old report', { auditReportVersion: 1, advisories: {}, metadata }],
    [
      'about nothing',
      { auditReportVersion: 2, vulnerabilities: {}, metadata: { dependencies: { total: 0 } } },
    ],
  ])('%s is not checked, and never passes', (_name, answer) => {
    const { exit, lines } = auditVerdict(JSON.stringify(answer))
    expect(exit).toBe(auditExit.notChecked)
    expect(lines.join()).toMatch(/^not checked/)
    expect(lines.join()).not.toMatch(/registry|passed/)
  })

  it.each(['', '<html>proxy error</html>', 'null', '[]', '42'])('%j is not checked either', (output) => {
    expect(auditVerdict(output).exit).toBe(auditExit.notChecked)
  })
})
