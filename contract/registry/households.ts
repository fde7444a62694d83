import { z } from 'zod'
import {
  Cause,
  ChosenDay,
  Day,
  Department,
  DivisionCode,
  Localized,
  Paging,
  RiskLevel,
  Unit,
} from '../common.ts'
import { route } from '../route.ts'
import { HouseholdStrip } from './strip.ts'
import { Unknown } from './unknown.ts'

export const HouseholdCategory = z.enum([
  'unrelieved',
  'stable',
  'unstable',
  'marginal',
  'sudden-hardship',
  'ordinary',
])
export type HouseholdCategory = z.infer<typeof HouseholdCategory>

export const HouseholdRow = HouseholdStrip.extend({
  openClues: z.number().int(),
  level: RiskLevel.nullable(),
})

export const Member = z.object({
  ref: z.uuid(),
  memberNo: z.string(),
  name: z.string(),
  /** Masked: `341221********0019`; null where there is none yet. */
  idNumber: z.string().nullable(),
  /** Kind of paper, as `documentKind` has them. */
  idKind: z.string().nullable(),
  sex: z.enum(['male', 'female']),
  /** Null where neither the register nor the number tells it. */
  birth: Day.nullable(),
  age: z.number().int().nullable(),
  relation: z.string(),
  labour: z.string(),
  health: z.array(z.string()),
  education: z.string().nullable(),
  studentStatus: z.string().nullable(),
  leftOn: Day.nullable(),
})

/** One value of a fact, ready to show: enumerations as codes with their labels. */
export const FactField = z.object({ key: z.string(), label: Localized, value: Localized })

export const Fact = z.object({
  feed: z.string(),
  person: z.string().nullable(),
  /** The day the fact speaks about. */
  date: Day.nullable(),
  fields: z.array(FactField),
  /** Null where the file covers more than one's area, so that one may not open it. */
  batch: z.uuid().nullable(),
  fileName: z.string(),
  /** Sheet of the row, where the file is of several. */
  sheet: z.string().nullable(),
  rowNo: z.number().int(),
  knownFrom: z.iso.datetime(),
  /** Set once a later file corrected it. */
  knownUntil: z.iso.datetime().nullable(),
})
export type Fact = z.infer<typeof Fact>

export const FactGroup = z.object({
  feed: z.string(),
  name: Localized,
  department: Department,
  facts: z.array(Fact),
})

export const IncomeWindow = z.object({
  periodFrom: Day,
  periodTo: Day,
  items: z.object({
    wageFen: z.number().int(),
    businessGrossFen: z.number().int(),
    propertyFen: z.number().int(),
    familyPlanningFen: z.number().int(),
    dibaoFen: z.number().int(),
    tekunFen: z.number().int(),
    pensionFen: z.number().int(),
    ecoCompensationFen: z.number().int(),
    otherTransferFen: z.number().int(),
    businessCostFen: z.number().int(),
  }),
  netFen: z.number().int(),
  netPerHeadFen: z.number().int(),
  /** Lines in force at the end of the window. */
  monitoringLineFen: z.number().int().nullable(),
  povertyStandardFen: z.number().int().nullable(),
})
export type IncomeWindow = z.infer<typeof IncomeWindow>

export const CategorySpell = z.object({
  category: HouseholdCategory,
  risk: z.enum(['none', 'open', 'resolved']),
  causes: z.array(Cause),
  from: Day,
  to: Day.nullable(),
  openedBecause: z.string(),
})

export const Household = HouseholdStrip.extend({
  /** 家庭人口 as the register states it, on which day, and by how many more or fewer members were known on that day. */
  stated: z
    .object({
      count: z.number().int(),
      on: Day,
      gap: z.number().int(),
      /** Within the tolerance of the policy: income per head is judged. */
      tolerated: z.boolean(),
    })
    .nullable(),
  groupName: z.string().nullable(),
  category: HouseholdCategory,
  reliefMark: z.string().nullable(),
  relievedYear: z.number().int().nullable(),
  mainCause: z.string().nullable(),
  phone: z.string().nullable(),
  /** Masked, as the telephone is; null where none is known. */
  bankCard: z.string().nullable(),
  members: z.array(Member),
  spells: z.array(CategorySpell),
  income: z.array(IncomeWindow),
  clues: z.array(
    z.object({
      id: z.uuid(),
      cause: Cause,
      level: RiskLevel,
      state: z.string(),
      openedOn: Day,
      why: Localized,
    }),
  ),
  indicators: z.array(
    z.object({
      key: z.string(),
      label: Localized,
      unit: Unit,
      value: z.number().nullable(),
      /** Why it is unknown; empty where it is known. */
      because: z.array(Unknown),
      feed: z.string(),
    }),
  ),
  facts: z.array(FactGroup),
})
export type Household = z.infer<typeof Household>

export const households = {
  list: route('GET', '/households', 'household.read', 'Households of one’s area')
    .input(
      z.object({
        area: DivisionCode.optional(),
        q: z.string().trim().max(60).optional(),
        category: z.array(HouseholdCategory).optional(),
        /** size: those whose stated size is not that of their members. */
        finding: z.enum(['size']).optional(),
        ...Paging,
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(HouseholdRow) })),
  findings: route(
    'GET',
    '/households/findings',
    'household.read',
    'What the register says against itself, and who left for another county',
  )
    .input(z.object({ area: DivisionCode.optional() }))
    .output(
      z.object({
        /** Households whose stated size is not that of their members; the list shows them. */
        sizeDiffers: z.number().int(),
        /** Gone to another county within a year, newest first; these are seen there now. */
        moved: z.array(
          z.object({
            householdNo: z.string(),
            headName: z.string(),
            village: z.string(),
            to: z.string(),
            movedOn: Day,
          }),
        ),
      }),
    ),
  get: route(
    'GET',
    '/households/{ref}',
    'household.read',
    'One household: members, categories, income, facts with their sources',
  )
    .input(
      z.object({
        ref: z.uuid(),
        /** Facts as they were known on that day. */
        knownOn: ChosenDay.optional(),
      }),
    )
    .output(Household),
}
