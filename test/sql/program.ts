import { execFileSync } from 'node:child_process'
import path from 'node:path'
import ts from 'typescript'

const root = path.resolve(import.meta.dirname, '../..')

/** The program's own files under these folders, and one more that exists only here. */
export function openProgram(folders: readonly string[], planted?: { file: string; text: string }) {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root)
  const names = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => path.join(root, name))
  const plantedAt = planted && path.join(root, planted.file)
  const host = ts.createCompilerHost(options, true)
  const { getSourceFile, fileExists } = host
  if (planted && plantedAt) {
    host.fileExists = (name) => name === plantedAt || fileExists(name)
    host.getSourceFile = (name, ...rest) =>
      name === plantedAt
        ? ts.createSourceFile(name, planted.text, ts.ScriptTarget.ESNext, true)
        : getSourceFile(name, ...rest)
  }
  const program = ts.createProgram([...names, ...(plantedAt ? [plantedAt] : [])], { ...options, incremental: false, tsBuildInfoFile: undefined }, host)
  const files = [...names, ...(plantedAt ? [plantedAt] : [])].flatMap((name) => program.getSourceFile(name) ?? [])
  return { checker: program.getTypeChecker(), files }
}

/** `server/x/y.ts:12` */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile()
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
  return `${path.relative(root, file.fileName)}:${line + 1}`
}

/** Every text of SQL that must have been looked at: templates of Kysely's `sql`, and texts handed to a connection. */
export function templatesOf(file: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = []
  const visit = (node: ts.Node) => {
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text === 'sql') found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
