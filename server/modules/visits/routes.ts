import { orGranted, os } from '#server/platform/http/rpc.ts'
import { assignVisitor, cancelVisit, findVisitors, planVisit } from './assign.ts'
import { planDueVisits } from './due/plan-due.ts'
import { readDueVisits, sumDueVisits } from './due/read-due.ts'
import { listVisitClues, listVisitRecords } from './queries.ts'
import { reportVisit } from './reports/report.ts'
import { getVisit, presentRow } from './view.ts'

export const visitRoutes = {
  list: os.visits.list.handler(async ({ input, context: { deps, me, scope } }) => {
    const { mine, household, state, overdue, page, size } = input
    const today = deps.clock.today()
    const { rows, total } = await listVisitRecords(
      deps.database.db,
      scope,
      {
        visitor: mine ? me.userId : undefined,
        household,
        states: state?.length ? state : ['planned', 'reported'],
        overdueAt: overdue ? today : undefined,
      },
      { limit: size, offset: (page - 1) * size },
    )
    const clues = await listVisitClues(deps.database.db, rows)
    return { total, rows: rows.map((row) => presentRow(row, clues, { today, me })) }
  }),
  get: os.visits.get.handler(({ input, context }) =>
    orGranted(context, ({ deps, scope }) => getVisit(deps, scope, context.me, input.id)),
  ),
  due: os.visits.due.handler(({ input: { page, size, ...filter }, context: { deps, me, scope } }) =>
    readDueVisits(deps, scope, me, filter, { limit: size, offset: (page - 1) * size }),
  ),
  dueSums: os.visits.dueSums.handler(({ input, context: { deps, me, scope } }) =>
    sumDueVisits(deps, scope, { area: input.area ?? me.area }),
  ),
  planDue: os.visits.planDue.handler(({ input, context: { deps, me, scope } }) =>
    planDueVisits(deps, scope, me, input),
  ),
  visitors: os.visits.visitors.handler(({ input, context: { deps, scope } }) =>
    findVisitors(deps, scope, input),
  ),
  assign: os.visits.assign.handler(({ input, context: { deps, me, scope } }) =>
    assignVisitor(deps, scope, me, input),
  ),
  plan: os.visits.plan.handler(({ input, context: { deps, me, scope } }) =>
    planVisit(deps, scope, me, input),
  ),
  report: os.visits.report.handler(({ input, context: { deps, me, scope } }) =>
    reportVisit(deps, scope, me, input),
  ),
  cancel: os.visits.cancel.handler(({ input, context: { deps, me, scope } }) =>
    cancelVisit(deps, scope, me, input),
  ),
}
