import ts from 'typescript'

/** Words that meant several things, and the verbs of `docs/glossary.md` that took their place. */
const loose = new Set([
  ...['settle', 'settles', 'settled', 'settling', 'settlement', 'settlements'],
  ...['told', 'tell', 'tells', 'telling', 'said', 'say', 'says', 'saying'],
  ...['ask', 'asks', 'asked', 'asking', 'asker', 'askers', 'give', 'gives', 'given', 'giving'],
  ...['hold', 'holds', 'held', 'holder', 'holders', 'holding'],
])

/** A medical bill is settled and a person has a given name; a library's own names are not ours to choose. */
const allowed =
  /^(onSettled|allSettled|givenName|settled(On|_on)|\w*[sS]ettlement(s|\w*(No|_no|Row|Rows|Options|ToleranceFen|_live|_past|_refunds))?)$/

/** A batch is held, nothing else. */
const ofBatches =
  /^(hold|held|\w*[hH]eld(Batches|_batches)|hold(_r|R)easons|Hold(Reason|Figures|Panel)|(feedHold|hold)MinimumRows)$/
const aboutBatches =
  /intake|feeds|insight|operations|telemetry|overview|retention|\.sql$|cli\/texts|demo|assembly|packs|database-types/

const parts = (name: string) =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_-]/)

export function isLoose(name: string, file: string): boolean {
  if (!parts(name).some((part) => loose.has(part))) return false
  return !allowed.test(name) && !(ofBatches.test(name) && aboutBatches.test(file))
}

/** Every name in a program: identifiers, and names of the database inside its SQL. */
export function namesIn(file: string, text: string): string[] {
  const names: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) names.push(node.text)
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      names.push(...columnsIn(node.text))
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, kindOf(file)))
  return names
}

/** Words with an underscore: in SQL, names of tables, columns, functions, constraints and indexes. */
export const columnsIn = (text: string) => text.match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? []

const kindOf = (file: string) => (file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
