// Boundaries as tests; each says why. A module added below is covered from birth by the back-references.
// The order of the modules stands in server/modules.ts alone.
const { readFileSync } = require('node:fs')
const path = require('node:path')
const list = readFileSync(path.join(__dirname, 'server/modules.ts'), 'utf8')
const ordered = list.slice(list.indexOf('export const modules'))
const modules = [...list.matchAll(/import \{ (\w+) \} from '\.\/modules\/([a-z-]+)\/module\.ts'/g)]
  .map(([, name, folder]) => ({ folder, at: ordered.search(new RegExp(`\\b${name}\\b`)) }))
  .toSorted((a, b) => a.at - b.at)
  .map(({ folder }) => folder)

const upward = modules.map((name, index) => ({
  name: `${name}-uses-only-what-stands-before-it`,
  comment: `Data flows one way: ${modules.join(' → ')}.`,
  severity: 'error',
  from: { path: `^server/modules/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^server/modules/(${modules.slice(index + 1).join('|') || 'none'})/` },
}))

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'a-module-has-one-door',
      comment:
        'Other modules see only index.ts, and that of a part that stands alone, so that the inside can move.',
      severity: 'error',
      from: { path: '^server/modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^server/modules/[^/]+/',
        pathNot: [
          '^server/modules/$1/',
          '^server/modules/[^/]+/index\\.ts$',
          '^server/modules/[^/]+/[^/]+/index\\.ts$',
        ],
      },
    },
    {
      name: 'outside-enters-by-the-door',
      comment:
        'Assembly, command line and benchmarks use the same doors as modules do; the readers are measured alone.',
      severity: 'error',
      from: {
        path: '^(server/[^/]+\\.ts|server/cli/|bench/|demo/)',
        pathNot: ['\\.test\\.ts$', '^bench/readers\\.ts$', '^server/modules\\.ts$'],
      },
      to: {
        path: '^server/modules/[^/]+/',
        pathNot: ['^server/modules/[^/]+/index\\.ts$', '^server/modules/[^/]+/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'a-world-of-its-own',
      comment:
        'What happens in the synthetic province knows nothing of what anybody watches: it would be a mirror of the rules, and warnings held against it would prove nothing.',
      severity: 'error',
      from: { path: '^demo/(lives|province)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(policy|bench)/|^server/modules/(policy|screening|clues|classification)/' },
    },
    {
      name: 'one-list-of-modules',
      comment: 'What a module brings is collected from server/modules.ts alone.',
      severity: 'error',
      from: { path: '^(server|bench|demo)/', pathNot: ['\\.test\\.ts$', '^server/modules\\.ts$'] },
      to: { path: '^server/modules/[^/]+/module\\.ts$' },
    },
    {
      name: 'manifest-knows-no-module',
      comment: 'The kinds of things a module may bring stand below every module.',
      severity: 'error',
      from: { path: '^server/manifest/' },
      to: { path: '^server/(modules|[^/]+\\.ts$)' },
    },
    {
      name: 'platform-knows-no-module',
      comment: 'The platform is below every module.',
      severity: 'error',
      from: { path: '^server/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(manifest|modules|[^/]+\\.ts$)', pathNot: '^server/config\\.ts$' },
    },
    {
      name: 'contract-imports-nothing-of-ours',
      comment: 'It is the one meeting point of server and web.',
      severity: 'error',
      from: { path: '^contract/' },
      to: { path: '^(server|web|bench|demo|test|scripts)/' },
    },
    {
      name: 'web-is-a-client',
      comment: 'The web talks to the server through the contract, never to its code.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|bench|test)/' },
    },
    {
      name: 'a-page-folder-has-doors',
      comment:
        'Other folders of pages use what index.ts offers, the address (search.ts) and the texts (locales/index.ts); what several need alike lives in web/ui.',
      severity: 'error',
      from: { path: '^web/admin/([^/]+)/' },
      to: {
        path: '^web/admin/[^/]+/',
        pathNot: [
          '^web/admin/$1/',
          '^web/admin/shell/',
          '^web/admin/[^/]+/(index|search)\\.ts$',
          '^web/admin/[^/]+/locales/index\\.ts$',
          '^web/admin/sign-in/page\\.tsx$',
        ],
      },
    },
    {
      name: 'pages-are-brought-by-their-list',
      comment:
        'What frames the pages knows them through web/admin/pages.ts alone; the sign-in stands outside the frame.',
      severity: 'error',
      from: { path: '^web/admin/shell/' },
      to: { path: '^web/admin/[^/]+/', pathNot: ['^web/admin/shell/', '^web/admin/sign-in/page\\.tsx$'] },
    },
    {
      name: 'web-ui-knows-no-page',
      comment: 'Shared parts stand below the pages that share them.',
      severity: 'error',
      from: { path: '^web/(ui|api|locales)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^web/(admin|field|declare)/' },
    },
    {
      name: 'server-knows-no-web',
      comment: 'Nothing of the browser reaches the server.',
      severity: 'error',
      from: { path: '^server/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(web|bench|test)/' },
    },
    {
      name: 'no-circles',
      comment: 'A circle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that leads nowhere would hide a broken boundary.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist|\\.shouwang)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.json'],
    },
  },
}
