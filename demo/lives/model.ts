import type { DayNumber } from '#demo/province/days.ts'
import type {
  Assessment,
  Assistance,
  Certificate,
  Condition,
  Enrolment,
  Illness,
  Income,
  Insurance,
  Person as Member,
  Settlement,
  WaterReport,
  WorkMonth,
} from '#demo/province/model.ts'

/** Months since year 0, see days.ts. */
export type Month = number

/** Why a household lost income or had to pay; the world's own words, no file's. */
export type BlowCause =
  | 'illness'
  | 'accident'
  | 'death'
  | 'job'
  | 'epidemic'
  | 'harvest'
  | 'livestock'
  | 'venture'
  | 'debt'
  | 'wedding'
  | 'school'
  | 'home'
  | 'family'
  | 'allowance'

/** Something that befell a household. What it cost is kept month by month, to tell which blow a fall is owed to. */
export interface Blow {
  cause: BlowCause
  on: DayNumber
  /** The first day on which a file that speaks of it had arrived; null where no file ever does. */
  carriedOn: DayNumber | null
  /** Yuan that did not come, and that had to be paid, in each of the last twelve months, by month of the year. */
  lost: number[]
  paid: number[]
  lastLoss: Month
}

/** Work that earns money for the household; yuan a month that reach it. */
export interface Job {
  wage: number
  place: string
  employer: string
  publicPost: boolean
  /** The human resources department knows of it. */
  known: boolean
  /** Somebody who worked and does not: why, and how likely work is found again in a month. */
  out: { blow: Blow | null; returns: number; since: Month; reported: 'unemployed' | 'returned' } | null
}

/** What the departments have on file about a person, clean and complete. */
export interface PersonRecord {
  settlements: Settlement[]
  insurances: Insurance[]
  illnesses: Illness[]
  enrolments: Enrolment[]
  assistances: Assistance[]
  certificates: Certificate[]
  work: WorkMonth[]
}

export interface Person extends Member {
  condition: Condition
  job: Job | null
  /** A major illness or an injury under treatment. */
  care: { blow: Blow; from: Month; disease: string; factor: number } | null
  /** At home to look after somebody, until then. */
  caresUntil: Month
  /** A certificate of disability that is on its way. */
  certificateDue: { month: Month; grade: number; blow: Blow | null } | null
  married: boolean
  joined: { change: string; on: DayNumber } | null
  record: PersonRecord
}

export type FallKind = 'line' | 'hardship'

/** A household fell: its income of twelve months under the line, or into serious difficulty whatever it earns. */
export interface Fall {
  /** Where it lived then. */
  county: number
  fellOn: DayNumber
  kind: FallKind
  cause: BlowCause | 'drift'
  causeOn: DayNumber | null
  blow: Blow | null
  perHeadYuan: number
}

/** A row that a department has about a household, and the day the department has it. */
export interface Row {
  feed: string
  reportedOn: DayNumber
  values: Readonly<Record<string, unknown>>
  blow: Blow | null
}

export interface Home {
  /** Place in the walk over the province; branches share their parents'. */
  index: number
  /** Random streams of branches differ by it. */
  branch: number
  branches: number
  county: number
  village: number
  villageName: string
  householdNo: string
  nextMember: number
  group: string
  people: Person[]
  frailty: number
  registered: boolean
  reliefMark: string | null
  relievedYear: number | null
  identified: DayNumber | null
  monitoring: 'unstable' | 'marginal' | null
  /** Not registered, and poorer than those who are. */
  edge: boolean
  attribute: string | null
  mainCause: string | null
  phone: string
  bankCard: string
  farmland: number
  dwellingArea: number
  roadType: string
  fuel: string
  toilet: boolean
  founded: DayNumber | null
  /** Parents' household of a branch, until they join again. */
  parent: Home | null
  ended: boolean
  /** The register has to hear of it with the next changes. */
  changed: boolean
  /** Its people and what they could do, as the register last wrote them down. */
  written: { person: Person; labour: string }[]
  /** Who died or left the register: what was paid for them stays with the household. */
  departed: Person[]
  purse: Purse
  blows: Blow[]
  falls: Fall[]
  statements: Income[]
  assessments: Assessment[]
  waters: WaterReport[]
  rows: Row[]
}

/** Yuan. */
export interface Purse {
  cash: number
  /** What kin and neighbours would lend at most. */
  credit: number
  /** Net income of each of the last twelve months. */
  net: number[]
  /** Of a usual month, before blows. */
  crops: number
  pigs: { yearly: number; until: Month } | null
  venture: { monthly: number; failed: boolean } | null
  property: number
  other: number
  eco: number
  dibao: number
  tekun: number
  /** Sums of the running statement year. */
  year: Omit<Income, 'from' | 'to'>
  state: 'above' | 'under' | 'hardship'
  goodMonths: number
  brokeMonths: number
}

export const emptyYear = (): Omit<Income, 'from' | 'to'> => ({
  ...{ wage: 0, businessGross: 0, businessCost: 0, property: 0, familyPlanning: 0 },
  ...{ dibao: 0, tekun: 0, pension: 0, ecoCompensation: 0, otherTransfer: 0 },
})
