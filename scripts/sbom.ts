import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { finishBill, type LockedPackages, lacksOf } from './bill-of-materials.ts'
import { root } from './step.ts'

// npm run sbom [FILE]: the bill of materials of what runs and of what builds it, CycloneDX 1.6 as JSON; by default dist/sbom.cdx.json.
const file = path.resolve(process.argv[2] ?? path.join(root, 'dist/sbom.cdx.json'))
const read = (name: string) => JSON.parse(readFileSync(path.join(root, name), 'utf8'))
const { name } = read('package.json') as { name: string }
const { packages } = read('package-lock.json') as { packages: LockedPackages }

const run = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
})
if (run.status !== 0) {
  process.stderr.write(`npm sbom failed:\n${run.stderr}\n`)
  process.exit(1)
}
const bill = finishBill(run.stdout, name, packages)
const lacks = lacksOf(bill, packages, (folder) => existsSync(path.join(root, folder, 'package.json')))
if (lacks.length > 0) {
  process.stderr.write(`The bill is not whole:\n${lacks.join('\n')}\n`)
  process.exit(1)
}
mkdirSync(path.dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`)
const running = bill.components.filter(({ scope }) => scope === 'required').length
process.stdout.write(`${bill.components.length} components, ${running} of what runs: ${file}\n`)
