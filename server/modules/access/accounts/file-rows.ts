import { type AccountFileProblem, Username } from '#contract/access/accounts.ts'
import { type Role, roles } from '#contract/access/capabilities.ts'
import { Department } from '#contract/common.ts'
import { enumerations } from '#contract/enumerations/enumerations.ts'
import { AppError } from '#server/platform/errors.ts'
import type { TableFile } from '#server/platform/files/table-file.ts'
import { needsDepartment } from '../rules.ts'
import type { Manager } from './deps.ts'
import {
  type AccountColumn,
  type AccountFileFault,
  accountColumns,
  accountFileTexts,
  roleNames,
} from './file-words.ts'
import { type WantedAccount, wrongWith } from './operations.ts'

export interface CheckedRow {
  line: number
  wanted: WantedAccount | undefined
  problems: AccountFileProblem[]
}

const plain = (text: string) => text.trim().toLowerCase()

export function columnOf(header: string): AccountColumn | undefined {
  const names = Object.entries(accountColumns) as [AccountColumn, readonly string[]][]
  return names.find(([, known]) => known.includes(plain(header)))?.[0]
}

/** Every row by itself and against the rest of the file; what only the database knows (names taken, divisions) is passed in. */
export function checkRows(
  { headers, rows }: TableFile,
  me: Manager,
  known: { usernames: ReadonlySet<string>; areas: ReadonlySet<number> },
): CheckedRow[] {
  const at = placesOf(headers)
  const cell = (cells: string[], column: AccountColumn) => cells[at[column] ?? -1]?.trim() ?? ''
  const times = new Map<string, number>()
  for (const { cells } of rows) {
    const username = plain(cell(cells, 'username'))
    times.set(username, (times.get(username) ?? 0) + 1)
  }
  return rows.map(({ line, cells }) => {
    const problems: AccountFileProblem[] = []
    const fault = (column: AccountColumn, code: AccountFileFault, value: string) => {
      const header = headers[at[column] ?? -1] ?? accountColumns[column][0]
      problems.push({ line, column: header, code, text: accountFileTexts[code](value || header) })
    }
    for (const column of ['username', 'name', 'role', 'area'] as const) {
      if (cell(cells, column) === '') fault(column, 'missing', '')
    }
    if (problems.length > 0) return { line, wanted: undefined, problems }

    const username = plain(cell(cells, 'username'))
    if (!Username.safeParse(username).success) fault('username', 'username-form', username)
    else if (known.usernames.has(username)) fault('username', 'username-taken', username)
    else if ((times.get(username) ?? 0) > 1) fault('username', 'username-twice', username)
    const name = cell(cells, 'name')
    if ([...name].length > 60) fault('name', 'name-long', '')
    const role = readRole(cell(cells, 'role'))
    if (!role) fault('role', 'role-unknown', cell(cells, 'role'))
    const area = readArea(cell(cells, 'area'))
    if (area === undefined || !known.areas.has(area)) fault('area', 'area-unknown', cell(cells, 'area'))
    const written = cell(cells, 'department')
    const department = written === '' ? null : readDepartment(written)
    if (department === undefined) fault('department', 'department-unknown', written)
    if (problems.length > 0 || !role || area === undefined || department === undefined) {
      return { line, wanted: undefined, problems }
    }
    // A department that a role does not need is passed over, as people fill the column for everybody.
    const wanted = { username, name, role, area, department: needsDepartment(role) ? department : null }
    const wrong = wrongWith(me, wanted)
    const places = {
      'role-not-grantable': 'role',
      'area-wrong-level': 'area',
      'department-required': 'department',
    } as const
    if (wrong) fault(places[wrong], wrong, roleNames[role][0] ?? role)
    return { line, wanted: wrong ? undefined : wanted, problems }
  })
}

/** What of a file has to be looked up before its rows can be checked. */
export function namedIn({ headers, rows }: TableFile): { usernames: string[]; areas: number[] } {
  const at = placesOf(headers)
  const all = (column: AccountColumn) => rows.map(({ cells }) => cells[at[column] ?? -1]?.trim() ?? '')
  return { usernames: all('username').map(plain), areas: all('area').flatMap((text) => readArea(text) ?? []) }
}

function placesOf(headers: readonly string[]): Partial<Record<AccountColumn, number>> {
  const at: Partial<Record<AccountColumn, number>> = {}
  for (const [i, header] of headers.entries()) {
    const column = columnOf(header)
    if (column) at[column] ??= i
  }
  const missing = (['username', 'name', 'role', 'area'] as const).filter((column) => at[column] === undefined)
  if (missing.length > 0) {
    throw new AppError('columns-missing', { columns: missing.map((column) => accountColumns[column][0]) })
  }
  return at
}

function readRole(text: string): Role | undefined {
  return roles.find((role) => role === plain(text) || roleNames[role].includes(text))
}

/** A 12-digit code, or the digits of a province, city, county or township without the zeros at the end. */
function readArea(text: string): number | undefined {
  if (!/^\d+$/.test(text) || ![2, 4, 6, 9, 12].includes(text.length)) return undefined
  return Number(text.padEnd(12, '0'))
}

function readDepartment(text: string): Department | undefined {
  const code = Department.safeParse(text.toUpperCase())
  if (code.success) return code.data
  const terms = Object.entries(enumerations.department)
  return Department.safeParse(terms.find(([, term]) => term.zh === text)?.[0]).data
}
