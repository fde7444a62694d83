import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { root, step } from './step.ts'

const built = path.join(root, 'dist/web')
const stamp = path.join(root, 'dist/web.stamp')
const limitKb = 400

/** Builds the web where its sources changed, and fails when the first load grows past its limit. */
const sources = globSync(
  ['web/**/*.{ts,tsx,js,css,svg,html}', 'contract/**/*.ts', 'vite.config.ts', 'package-lock.json'],
  { cwd: root },
)
const hash = createHash('sha256')
for (const file of sources.toSorted()) hash.update(file).update(readFileSync(path.join(root, file)))
const digest = hash.digest('hex')

if (
  !existsSync(stamp) ||
  readFileSync(stamp, 'utf8') !== digest ||
  !existsSync(path.join(built, 'index.html'))
) {
  rmSync(stamp, { force: true })
  step('vite', 'vite', ['build', '--logLevel', 'warn'])
  compress()
  checkFirstLoad()
  writeFileSync(stamp, digest)
}

/** The server sends these as they are; nothing is compressed at request time. */
function compress() {
  for (const file of globSync('**/*.{js,css,html,svg}', { cwd: built })) {
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

/** Compressed script of the entry, the first language, and each page with all it imports. */
function checkFirstLoad() {
  const manifest = JSON.parse(readFileSync(path.join(built, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >
  const size = (keys: string[]) => {
    const files = new Set<string>()
    const visit = (key: string) => {
      const chunk = manifest[key]
      if (!chunk || files.has(chunk.file)) return
      files.add(chunk.file)
      chunk.imports?.forEach(visit)
    }
    keys.forEach(visit)
    const bytes = [...files].reduce(
      (sum, file) => sum + gzipSync(readFileSync(path.join(built, file))).length,
      0,
    )
    return Math.round(bytes / 1024)
  }
  const find = (end: string) => Object.keys(manifest).filter((key) => key.endsWith(end))
  const always = [
    ...Object.keys(manifest).filter((key) => manifest[key]?.isEntry),
    ...find('locales/zh-CN/index.ts'),
    ...find('locale/zh_CN.js'),
  ]
  for (const page of Object.keys(manifest).filter((key) => /-page\.tsx$/.test(key))) {
    const kb = size([...always, page])
    process.stderr.write(`  ${path.basename(page)}: ${kb} KB compressed script at first load\n`)
    if (kb > limitKb) {
      process.stderr.write(`✗ the first load is limited to ${limitKb} KB\n`)
      process.exitCode = 1
    }
  }
}
