import { os } from '#server/platform/http/rpc.ts'
import { getLadder, listAreaTasks } from './ladder.ts'
import { listReminders } from './reminders.ts'
import { getReminder, getWorkbench, viewerOf } from './view.ts'

export const workbenchRoutes = {
  get: os.workbench.get.handler(({ input, context: { deps, me, scope } }) =>
    getWorkbench(deps, viewerOf(me, scope), input),
  ),
  reminder: os.workbench.reminder.handler(({ context: { deps, me, scope } }) =>
    getReminder(deps, viewerOf(me, scope)),
  ),
  ladder: os.workbench.ladder.handler(({ input, context: { deps, me, scope } }) =>
    getLadder(deps, viewerOf(me, scope), input),
  ),
  tasks: os.workbench.tasks.handler(({ input, context: { deps, me, scope } }) =>
    listAreaTasks(deps, viewerOf(me, scope), input),
  ),
  reminders: os.workbench.reminders.handler(({ input, context: { deps, me, scope } }) =>
    listReminders(deps, viewerOf(me, scope), input),
  ),
}
