import ts from 'typescript'

const widest = 120
const begins =
  /^[`'"\s(]*(with|select|insert into|update|delete from|merge into|create|alter|drop|comment on)\s/i

/** Lines of SQL that are wider than 120 columns: of a file of SQL, or of what a file of code has in templates and texts. */
export function wideLines(file: string, text: string): string[] {
  const lines = text.split('\n')
  const wide = lines.flatMap((line, i) => (line.length > widest ? [i] : []))
  if (wide.length === 0) return []
  const places = file.endsWith('.sql') ? wide : wide.filter((line) => sqlLines(text).has(line))
  return places.map((line) => `${file}:${line + 1}`)
}

function sqlLines(text: string): Set<number> {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ESNext, true)
  const found = new Set<number>()
  const visit = (node: ts.Node) => {
    if (isSql(node)) {
      const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line
      for (let line = lineAt(node.getStart()); line <= lineAt(node.getEnd()); line++) found.add(line)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function isSql(node: ts.Node): boolean {
  if (ts.isTaggedTemplateExpression(node)) return node.tag.getText() === 'sql'
  const isText = ts.isTemplateExpression(node) || ts.isStringLiteralLike(node)
  // What a test expects of generated SQL stands as it is generated.
  const isExpected =
    ts.isCallExpression(node.parent ?? node) && /Snapshot$/.test(node.parent.getChildAt(0).getText())
  return isText && !isExpected && begins.test(node.getText())
}
