import { os } from '#server/platform/http/rpc.ts'
import { endBreakGlass, listBreakGlass, openBreakGlass, reviewBreakGlass } from './break-glass.ts'
import { reveal } from './reveal.ts'

export const secretRoutes = {
  reveal: os.secrets.reveal.handler(({ input, context }) => reveal(context, input)),
}

export const breakGlassRoutes = {
  open: os.breakGlass.open.handler(({ input, context }) => openBreakGlass(context, input)),
  list: os.breakGlass.list.handler(({ input, context }) => listBreakGlass(context, input)),
  end: os.breakGlass.end.handler(({ input, context }) => endBreakGlass(context, input.id)),
  review: os.breakGlass.review.handler(({ input, context }) =>
    reviewBreakGlass(context, input.id, input.remark),
  ),
}
