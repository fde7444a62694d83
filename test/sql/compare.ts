import ts from 'typescript'
import type { Column } from './describe.ts'

const kinds: Record<string, string> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  oid: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'number',
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  char: 'string',
  name: 'string',
  uuid: 'string',
  date: 'string',
  timestamptz: 'string',
  bool: 'boolean',
  bytea: 'Buffer',
  void: 'string',
}

const parts = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type])
const isEmpty = (type: ts.Type) => (type.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0
const anything = ts.TypeFlags.Any | ts.TypeFlags.Unknown

/** How the columns of a result differ from the row type declared beside the text. */
export function compareColumns(checker: ts.TypeChecker, row: ts.Type, columns: readonly Column[]): string[] {
  if (row.flags & anything) return []
  const findings: string[] = []
  const byName = new Map(columns.map((column) => [column.name, column]))
  const index = checker.getIndexTypeOfType(row, ts.IndexKind.String)
  for (const property of row.getProperties()) {
    const column = byName.get(property.name)
    const type = checker.getTypeOfSymbol(property)
    if (column) findings.push(...compareColumn(checker, type, column))
    else if (
      !(property.flags & ts.SymbolFlags.Optional) &&
      !parts(type).some((part) => part.flags & ts.TypeFlags.Undefined)
    )
      findings.push(`${property.name} is declared, no column has that name`)
  }
  for (const column of columns)
    if (!row.getProperty(column.name)) {
      if (index) findings.push(...compareColumn(checker, index, column))
      else findings.push(`column ${column.name} is not declared`)
    }
  if (byName.size < columns.length) findings.push('two columns have the same name')
  return findings
}

function compareColumn(checker: ts.TypeChecker, type: ts.Type, column: Column): string[] {
  const findings: string[] = []
  if (!fits(checker, type, column.type))
    findings.push(`${column.name} is ${column.type}, declared ${checker.typeToString(type)}`)
  if (
    column.nullable !== undefined &&
    !parts(type).some((part) => part.flags & (anything | ts.TypeFlags.Null))
  )
    findings.push(`${column.name} (${column.nullable}) may be null, declared ${checker.typeToString(type)}`)
  return findings
}

function fits(checker: ts.TypeChecker, type: ts.Type, column: string): boolean {
  if (type.flags & anything || column === 'json' || column === 'jsonb') return true
  if (column.endsWith('[]')) {
    const element = column.slice(0, -2)
    return parts(type).every((part) => {
      if (isEmpty(part)) return true
      const inner = checker.getIndexTypeOfType(part, ts.IndexKind.Number)
      return inner !== undefined && checker.isArrayLikeType(part) && fits(checker, inner, element)
    })
  }
  const kind = kinds[column]
  return kind !== undefined && parts(type).every((part) => isEmpty(part) || kindOf(checker, part) === kind)
}

function kindOf(checker: ts.TypeChecker, type: ts.Type): string {
  if (type.flags & ts.TypeFlags.StringLike) return 'string'
  if (type.flags & ts.TypeFlags.NumberLike) return 'number'
  if (type.flags & ts.TypeFlags.BooleanLike) return 'boolean'
  const name = type.symbol?.name ?? checker.typeToString(type)
  return name === 'Uint8Array' ? 'Buffer' : name
}
