import type { DayNumber } from './days.ts'

export type Condition = 'healthy' | 'chronic' | 'major' | 'disabled' | 'both'

export interface Person {
  memberNo: string
  name: string
  sex: 'male' | 'female'
  idNumber: string
  birth: DayNumber
  /** Completed years on the day the province is looked at. */
  age: number
  relation: string
  condition: Condition
  labour: string
  education: string
  /** Decides, for life, how far somebody goes at school. */
  talent: number
  /** Has certified disability: category and grade 1–4. */
  disability: { category: number; grade: number } | null
  phone: string | null
  left: { change: string; on: DayNumber; within?: true } | null
}

export interface Settlement {
  person: Person
  no: string
  kind: 'inpatient' | 'outpatient' | 'chronic-outpatient'
  hospital: string
  admitted: DayNumber
  settledOn: DayNumber
  diagnosis: string
  total: number
  basic: number
  serious: number
  inside: number
  outside: number
  aid: number
  fiscal: number
  hospitalBorne: number
  selfPaid: number
}

export interface Insurance {
  person: Person
  year: number
  resident: boolean
  employee: boolean
  status: string
  paidOn: DayNumber | null
  reportedOn: DayNumber
}

export interface Illness {
  person: Person
  kind: 'major' | 'chronic' | 'confirmed' | 'suspected' | 'quarantined'
  disease: string
  special: boolean
  diagnosed: DayNumber
  outcome: string
  outcomeOn: DayNumber | null
  reportedOn: DayNumber
}

export interface Enrolment {
  person: Person
  term: string
  school: string
  stage: string
  grade: string
  status: string
  reason: string | null
  fee: number
  aid: number
  reportedOn: DayNumber
}

export interface Assessment {
  assessedOn: DayNumber
  grade: 'A' | 'B' | 'C' | 'D'
  livedIn: boolean
  plannedYear: number | null
  startedOn: DayNumber | null
  finishedOn: DayNumber | null
  reportedOn: DayNumber
}

export interface WaterReport {
  observedOn: DayNumber
  project: string
  cutFrom: DayNumber | null
  cutTo: DayNumber | null
  passed: boolean
  litres: number
  tripMinutes: number
  scarce: boolean
}

export interface Assistance {
  person: Person
  kind: 'dibao' | 'tekun' | 'temporary'
  startedOn: DayNumber
  endedOn: DayNumber | null
  monthly: number
  stopReason: string | null
  reportedOn: DayNumber
}

export interface Certificate {
  person: Person
  no: string
  category: number
  grade: number
  issuedOn: DayNumber
  allowance: number
}

export interface WorkMonth {
  person: Person
  month: DayNumber
  status: 'employed' | 'unemployed' | 'returned'
  place: string | null
  employer: string | null
  wage: number
  publicPost: boolean
}

/** Money in fen. */
export interface Income {
  from: DayNumber
  to: DayNumber
  wage: number
  businessGross: number
  businessCost: number
  property: number
  familyPlanning: number
  dibao: number
  tekun: number
  pension: number
  ecoCompensation: number
  otherTransfer: number
}
