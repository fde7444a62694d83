import { orGranted, os } from '#server/platform/http/rpc.ts'
import { listLetters } from './read.ts'

export const letterRoutes = {
  list: os.letters.list.handler(({ input, context }) =>
    orGranted(context, ({ deps, scope }) => listLetters(deps, scope, input.ref)),
  ),
}
