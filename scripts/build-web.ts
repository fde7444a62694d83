import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { root, step } from './step.ts'

const built = path.join(root, 'dist/web')
const stamp = path.join(root, 'dist/web.stamp')
const limitKb = 400
/** A telephone in a village loads it once. */
const fieldLimitKb = 200
/** The page a household opens once, on whatever telephone and line it has. */
const declareLimitKb = 60

/** Builds the web where its sources changed, and fails when the first load grows past its limit. */
const sources = globSync(
  [
    'web/**/*.{ts,tsx,js,css,svg,png,html,webmanifest}',
    'contract/**/*.ts',
    'vite.config.ts',
    'package-lock.json',
  ],
  { cwd: root },
)
const hash = createHash('sha256')
for (const file of sources.toSorted()) hash.update(file).update(readFileSync(path.join(root, file)))
const digest = hash.digest('hex')

if (
  !existsSync(stamp) ||
  readFileSync(stamp, 'utf8') !== digest ||
  !existsSync(path.join(built, 'index.html')) ||
  !existsSync(path.join(built, 'declare/index.html')) ||
  !existsSync(path.join(built, 'api/docs/index.html')) ||
  !existsSync(path.join(built, 'field/sw.js'))
) {
  rmSync(stamp, { force: true })
  step('vite', 'vite', ['build', '--logLevel', 'warn'])
  step('vite, declarations', 'vite', ['build', '--mode', 'declare', '--logLevel', 'warn'])
  step('vite, API page', 'vite', ['build', '--mode', 'api-docs', '--logLevel', 'warn'])
  step('vite, field app', 'vite', ['build', '--mode', 'field', '--logLevel', 'warn'])
  step('vite, its worker', 'vite', ['build', '--mode', 'field-worker', '--logLevel', 'warn'])
  compress()
  checkFirstLoad()
  checkFieldLoad()
  checkDeclareLoad()
  writeFileSync(stamp, digest)
}

/** The server sends these as they are; nothing is compressed at request time. */
function compress() {
  for (const file of globSync('**/*.{js,css,html,svg,webmanifest}', { cwd: built })) {
    const content = readFileSync(path.join(built, file))
    writeFileSync(path.join(built, `${file}.gz`), gzipSync(content, { level: 9 }))
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 }
    writeFileSync(path.join(built, `${file}.br`), brotliCompressSync(content, { params: quality }))
  }
}

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
}

type Manifest = Record<string, Chunk>

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8')) as Manifest
}

/** Compressed bytes of some chunks with all they import, in KB. */
function sizeOf(folder: string, manifest: Manifest, keys: readonly string[]): number {
  const files = new Set<string>()
  const visit = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    chunk.imports?.forEach(visit)
  }
  keys.forEach(visit)
  const bytes = [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(path.join(folder, file))).length,
    0,
  )
  return Math.round(bytes / 1024)
}

function checkLimit(name: string, kb: number, limit: number) {
  process.stderr.write(`  ${name}: ${kb} KB compressed script at first load\n`)
  if (kb <= limit) return
  process.stderr.write(`✗ the first load is limited to ${limit} KB\n`)
  process.exitCode = 1
}

function entriesOf(manifest: Manifest): string[] {
  return Object.keys(manifest).filter((key) => manifest[key]?.isEntry)
}

function endingWith(manifest: Manifest, end: string): string[] {
  return Object.keys(manifest).filter((key) => key.endsWith(end))
}

/** A page's own texts in the first language; where it has none, there is no such file. */
function textsOf(page: string): string {
  return `${path.dirname(page)}/locales/zh-CN.ts`
}

/** Compressed script of the entry, the first language, and each page with all it imports and its texts. */
function checkFirstLoad() {
  const manifest = manifestOf(built)
  const always = [
    ...entriesOf(manifest),
    ...endingWith(manifest, 'locales/zh-CN/index.ts'),
    ...endingWith(manifest, 'locale/zh_CN.js'),
  ]
  for (const page of Object.keys(manifest).filter((key) => /-page\.tsx$/.test(key)))
    checkLimit(path.basename(page), sizeOf(built, manifest, [...always, page, textsOf(page)]), limitKb)
}

function checkDeclareLoad() {
  const folder = path.join(built, 'declare')
  const manifest = manifestOf(folder)
  checkLimit('declarations', sizeOf(folder, manifest, entriesOf(manifest)), declareLimitKb)
}

/** The whole field app in its first language: it is one piece, so that it starts without a network. */
function checkFieldLoad() {
  const folder = path.join(built, 'field')
  const manifest = manifestOf(folder)
  const keys = [
    ...entriesOf(manifest),
    ...endingWith(manifest, 'zh-CN/common.ts'),
    ...endingWith(manifest, 'locales/zh-CN.ts'),
  ]
  checkLimit('field app', sizeOf(folder, manifest, keys), fieldLimitKb)
}
