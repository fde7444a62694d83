import { execFileSync } from 'node:child_process'
import path from 'node:path'
import ts from 'typescript'
import { isConnection } from './evaluate/calls.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface Planted {
  file: string
  text: string
}

/** The program's own files under these folders, and one more that exists only here. */
export function openProgram(folders: readonly string[], planted: Planted) {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root)
  const names = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => path.join(root, name))
    .filter((name) => ts.sys.fileExists(name))
  const plantedAt = path.join(root, planted.file)
  const host = ts.createCompilerHost(options, true)
  const { getSourceFile, fileExists } = host
  host.fileExists = (name) => name === plantedAt || fileExists(name)
  host.getSourceFile = (name, ...rest) =>
    name === plantedAt
      ? ts.createSourceFile(name, planted.text, ts.ScriptTarget.ESNext, true)
      : getSourceFile(name, ...rest)
  const own = { ...options, incremental: false, tsBuildInfoFile: undefined }
  const program = ts.createProgram([...names, plantedAt], own, host)
  const filesOf = (all: readonly string[]) => all.flatMap((name) => program.getSourceFile(name) ?? [])
  return { checker: program.getTypeChecker(), files: filesOf(names), planted: filesOf([plantedAt]) }
}

/** `server/x/y.ts:12` */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile()
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
  return `${path.relative(root, file.fileName)}:${line + 1}`
}

/** `server/x/y.ts listThings`: a place that stays the same when lines move. */
export function homeOf(node: ts.Node): string {
  let at = node
  let name = ''
  while (!ts.isSourceFile(at)) {
    if (
      (ts.isFunctionDeclaration(at) || ts.isVariableDeclaration(at) || ts.isMethodDeclaration(at)) &&
      at.name
    )
      name = at.name.getText()
    at = at.parent
  }
  return `${path.relative(root, at.fileName)} ${name}`
}

/** Every text of SQL that must have been looked at: templates of Kysely's `sql`, and texts handed to a connection. */
export function textsIn(checker: ts.TypeChecker, file: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = []
  const visit = (node: ts.Node) => {
    if (isTemplate(node) || isQuery(checker, node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const isTemplate = (node: ts.Node) =>
  ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text === 'sql'

function isQuery(checker: ts.TypeChecker, node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const { name, expression } = node.expression
  return name.text === 'query' && isConnection(checker, expression)
}
