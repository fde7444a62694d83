import { z } from 'zod'
import { Day, Division, DivisionCode, Paging } from '../common.ts'
import { HouseholdStrip } from '../registry/strip.ts'
import { route } from '../route.ts'
import { RhythmStanding } from './standing.ts'

/** A management grade; written out, for the classification looks at households and this at visits. */
const DueGrade = z.enum(['red', 'yellow', 'green'])

/** Households by how they stand with their rhythm. */
const RhythmSums = z.object({ never: z.number().int(), overdue: z.number().int(), week: z.number().int() })

/** What the rhythm of the grades asks for, and whom nobody was ever at. */
export const dueVisits = {
  due: route(
    'GET',
    '/visits/due',
    'visit.read',
    'Households nobody was ever at, or due by the rhythm of their grade this week, and nobody is assigned to',
  )
    .input(
      z.object({
        area: DivisionCode.optional(),
        grade: DueGrade.optional(),
        /** Left out: what is due, overdue or this week. */
        when: RhythmStanding.optional(),
        ...Paging,
      }),
    )
    .output(
      z.object({
        on: Day,
        /** Sunday; what comes due by then is shown. */
        until: Day,
        /** Last day of a visit that is planned from the list now. */
        visitBy: Day,
        /** Visits a person makes within seven days, by the policy. */
        weekly: z.number().int(),
        total: z.number().int(),
        /** By grade, of the chosen `when`. */
        counts: z.object({ red: z.number().int(), yellow: z.number().int(), green: z.number().int() }),
        /** By day, of the chosen grade. */
        when: RhythmSums,
        /** Visits one is to make within seven days, for those who plan for themselves alone; else null. */
        mine: z.number().int().nullable(),
        rows: z.array(
          z.object({
            household: HouseholdStrip,
            grade: DueGrade,
            /** routine, or track once a risk was resolved. */
            purpose: z.enum(['routine', 'track']),
            lastOn: Day.nullable(),
            /** Null where nobody was ever there. */
            dueOn: Day.nullable(),
            standing: RhythmStanding,
            /** Who would go: the helper, who was there last, or one of the village; null where nobody has an account. */
            visitor: z
              .object({
                name: z.string(),
                because: z.enum(['helper', 'last', 'village']),
                /** Visits they are to make within seven days. */
                planned: z.number().int(),
                mine: z.boolean(),
              })
              .nullable(),
          }),
        ),
      }),
    ),
  dueSums: route(
    'GET',
    '/visits/due/sums',
    'visit.read',
    'How many are due by the rhythm, by what lies below a county or township',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional() }))
    .output(
      z.object({
        on: Day,
        until: Day,
        rows: z.array(RhythmSums.extend({ area: Division })),
      }),
    ),
  planDue: route(
    'POST',
    '/visits/due/plan',
    'visit.plan-due',
    'Plan the visits that are due by the rhythm, each for whom the list proposes, within the budget of the week',
  )
    .input(
      z.object({
        /** Those alone; left out, all that the list of the area shows under the filter, as far as the week's budget goes. */
        households: z.array(z.uuid()).min(1).max(200).optional(),
        area: DivisionCode.optional(),
        grade: DueGrade.optional(),
        when: RhythmStanding.optional(),
      }),
    )
    .output(
      z.object({
        planned: z.number().int(),
        /** Left on the list, for the week of whoever would go is full. */
        left: z.number().int(),
        /** Nobody is proposed: somebody must be chosen. */
        nobody: z.number().int(),
        /** No longer due, or somebody was sent meanwhile. */
        skipped: z.number().int(),
        dueOn: Day,
        weekly: z.number().int(),
        visitors: z.array(
          z.object({
            name: z.string(),
            visits: z.number().int(),
            /** Visits they are to make within seven days now. */
            load: z.number().int(),
            left: z.number().int(),
          }),
        ),
      }),
    ),
}
