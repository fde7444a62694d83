import { z } from 'zod'

/** A text in both languages of the product. */
export const Localized = z.object({ zh: z.string(), en: z.string() })
export type Localized = z.infer<typeof Localized>

/** 12-digit division code of Anhui as a number: elsewhere no policy of ours is in force, and there is nothing to find. */
export const DivisionCode = z.number().int().min(340_000_000_000).max(349_999_999_999)

/** A day, `YYYY-MM-DD`. */
export const Day = z.iso.date()

/** Further off lies nobody's birth and no plan, and the arithmetic of days ends somewhere. */
const nearYear = /^(?:1[89]|2[01])\d\d-/
const near = { error: 'a year from 1800 to 2199' }

/** A day that somebody chooses or writes. */
export const ChosenDay = z.iso.date().regex(nearYear, near)

/** An instant that somebody chooses, or that their device writes. */
export const ChosenInstant = z.iso.datetime().regex(nearYear, near)

export const DivisionLevel = z.enum(['province', 'city', 'county', 'township', 'village'])
export type DivisionLevel = z.infer<typeof DivisionLevel>

export const Division = z.object({ code: DivisionCode, name: z.string(), level: DivisionLevel })
export type Division = z.infer<typeof Division>

export const RiskLevel = z.enum(['red', 'orange', 'yellow'])
export type RiskLevel = z.infer<typeof RiskLevel>

export const Cause = z.enum([
  'illness',
  'disability',
  'schooling',
  'disaster',
  'accident',
  'epidemic',
  'business-failure',
  'unstable-job',
  'labour-shortage',
  'housing',
  'water',
  'other',
])
export type Cause = z.infer<typeof Cause>

/** Units of figures: money in 分, days, counts of people, yes/no, grade A–D as 1–4, ratio in basis points, litres, minutes, months. */
export const Unit = z.enum(['fen', 'days', 'count', 'bool', 'grade', 'bp', 'litres', 'minutes', 'months'])
export type Unit = z.infer<typeof Unit>

/** Pages count from 1; the last may hold the last of all rows there are, and not a number the database has no place for. */
export const Paging = {
  page: z.number().int().min(1).max(10_000_000).default(1),
  size: z.number().int().min(1).max(200).default(50),
}

/** Departments that own data; the first nine send the feeds there are. Labels are in `enumerations.department`. */
export const Department = z.enum([
  'FP',
  'YB',
  'WJ',
  'JY',
  'ZJ',
  'SL',
  'MZ',
  'CL',
  'RS',
  'GA',
  'YJ',
  'NY',
  'YH',
  'SJ',
  'SW',
  'ZR',
  'CZ',
  'XF',
  'QX',
  'WX',
])
export type Department = z.infer<typeof Department>

/** verified: checked, and in force in Anhui; sample: the figure of another province; unverified: usage, or a default of this project. */
export const PolicyStatus = z.enum(['verified', 'unverified', 'sample'])
export type PolicyStatus = z.infer<typeof PolicyStatus>

/** Where a rule or figure is written, and whether that text was checked. */
export const Source = z.object({
  document: Localized,
  number: z.string().nullable(),
  article: z.string(),
  status: PolicyStatus,
  /** The other province whose text it is. */
  sampleOf: Localized.nullable(),
})
export type Source = z.infer<typeof Source>

/** A row of a file, with its sheet where there are several (`place-of-row.ts`). */
export const RowNo = z.number().int().min(1).max(2_147_483_647)
