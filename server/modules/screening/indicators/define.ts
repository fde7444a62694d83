import type { Unit } from '#contract/common.ts'
import type { ProgramParameter } from '#server/modules/policy/index.ts'

/** Tables of facts that departments' indicators rest on. */
export const factTables = [
  'income_statement',
  'medical_settlement',
  'medical_insurance',
  'illness',
  'school_enrolment',
  'dwelling_survey',
  'water_survey',
  'social_assistance',
  'disability_certificate',
  'employment_month',
] as const

export type FactTable = (typeof factTables)[number] | 'member_record'

/** What is known at an instant, as items of a SQL `from`; today or on a past day, a definition cannot tell the difference. */
export interface Knowledge {
  /** Households of the register: county, id, village, registered, relief_mark, risk, member_count, size_gap. */
  household: string
  /** Members, those who left included: county, id, household_id, birth, labour, joined_on, left_on, away. */
  person: string
  fact(table: FactTable): string
  /** Certificates that a later issue of the same number took the place of; what was corrected was never so. */
  renewedCertificates: string
}

/** The day that is judged, for whom, by what was known. */
export interface Judged {
  /** `YYYY-MM-DD` */
  asOf: string
  /** Households in question: (county, household_id). */
  scope: string
  /** A row per county with the windows of the policy and what its sources cover. */
  counties: string
  known: Knowledge
}

/** What the SQL of a definition is put together from. The texts are PostgreSQL that DuckDB understands as well. */
export interface Parts {
  /** The day, a literal. */
  day: string
  yearStart: string
  year: string
  lastYearStart: string
  /** The households `t` with the policy `c` of their county. */
  scope: string
  fact(table: FactTable): string
  renewedCertificates: string
  known: Pick<Knowledge, 'person'>
  /** Joins the members `p` of household `t` who have not left. */
  members: string
}

/** Rows of one fact table about a household, marked for what they count; figures and evidence both come from these, and from nothing else. */
export interface RowSource {
  /** The fact table the rows are of: evidence names them by it. */
  fact: FactTable
  /** county, household_id and what figures and evidence look at; batch_id and row_no, unless the rows are members. */
  rows(parts: Parts): string
  /** Figure → aggregate over the rows `r` of a household. */
  figures: Readonly<Record<string, string>>
  /** How a row shows itself as evidence. */
  shown: {
    happened: string
    amount?: string
    person: boolean
    /** Keys and columns worth telling; nothing that names a person. */
    detail: string
    /** The rows are members: each shows the record that told of it. */
    byRecord?: boolean
  }
}

export interface IndicatorDefinition {
  name: string
  column: string
  /** What a line is held against is exact: a fraction stays one. */
  sqlType: 'boolean' | 'smallint' | 'integer' | 'bigint' | 'double precision'
  unit: Unit
  zh: string
  en: string
  /** From the household `h` and the figures of the group's sources, where the group is covered. */
  value: string
  /** Where this holds nothing can count, whatever a source may still say: the figure is 0, late source or not. */
  idle?: (parts: Parts) => string
  /** Day from which rows that speak of no later day than `last` can no longer make the figure; from the policy `c`. */
  ends?: (last: string) => string
  /** Why it may be unknown though there are rows: none of them recent enough, or an end that nobody reported. */
  gap?: Gap
  /** Source → which of its rows `r` make up the figure: the evidence of a signal that rests on it. */
  evidence?: Readonly<Record<string, string>>
}

/** The rows of one household that a figure could rest on, told to whoever asks why it is unknown. */
export interface Gap {
  table: FactTable
  /** Column with the day a row speaks of. */
  on: string
  /** Which rows; all of the household by default. */
  where?: string
  /** Policy parameter: how old the newest may be, in days. */
  maxAge?: ProgramParameter
  /** It is about one year, which `on` holds as a number: rows of other years say nothing. */
  ofYear?: true
  /** It compares with the year before, which may be missing. */
  before?: true
  /** Column from which an open end runs: what is known of it are the days up to `on`. */
  from?: string
}

export interface GroupDefinition {
  /** A batch of one of them makes the group stale, a late one makes it unknown; none: it is always known. */
  feeds: readonly string[]
  /** Feed → the subject of it that the group needs; a feed that is not named covers by whatever it brings. */
  subjects?: Readonly<Record<string, string>>
  /** Sources by the names that values and evidence call them by; a group may use those of another. */
  sources: Readonly<Record<string, RowSource>>
  indicators: readonly IndicatorDefinition[]
}

export function partsOf({ asOf, scope, counties, known }: Judged): Parts {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw new RangeError(`not a day: ${asOf}`)
  const year = asOf.slice(0, 4)
  const day = `'${asOf}'::date`
  return {
    day,
    year,
    yearStart: `'${year}-01-01'::date`,
    lastYearStart: `'${Number(year) - 1}-01-01'::date`,
    scope: `${scope} t join ${counties} c using (county)`,
    fact: (table) => known.fact(table),
    renewedCertificates: known.renewedCertificates,
    known,
    members: `join ${known.person} p on p.county = t.county and p.household_id = t.household_id
      and (p.left_on is null or p.left_on > ${day})`,
  }
}

/** One row per household with the figures of a source. */
export function figuresSql({ rows, figures }: RowSource, parts: Parts): string {
  const columns = Object.entries(figures).map(([name, aggregate]) => `${aggregate} as ${name}`)
  return `select r.county, r.household_id, ${columns.join(',\n      ')}
    from (${rows(parts)}) r
    group by r.county, r.household_id`
}
