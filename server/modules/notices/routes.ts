import { os } from '#server/platform/http/rpc.ts'
import { countUnread, listNotices, markRead } from './notices.ts'

export const noticeRoutes = {
  list: os.notices.list.handler(({ context: { deps, me, scope } }) => listNotices(deps, me, scope)),
  unread: os.notices.unread.handler(async ({ context: { deps, me, scope } }) => ({
    unread: await countUnread(deps, me, scope),
  })),
  read: os.notices.read.handler(async ({ input: { until }, context: { deps, me, scope } }) => {
    await markRead(deps, me.userId, until)
    return { unread: await countUnread(deps, me, scope) }
  }),
}
