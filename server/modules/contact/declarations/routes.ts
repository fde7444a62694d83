import { os, publicOs } from '#server/platform/http/rpc.ts'
import { listContactCards } from './cards.ts'
import { getDeclarationForm, sendDeclaration } from './send.ts'
import { settleDeclaration } from './settle.ts'
import { countUnmatched, listUnmatched } from './unmatched.ts'

export const declarationRoutes = {
  form: publicOs.declarations.form.handler(({ input, context: { services } }) =>
    getDeclarationForm(services, input.village),
  ),
  send: publicOs.declarations.send.handler(({ input, context: { services, origin } }) =>
    sendDeclaration(services, origin, input),
  ),
  cards: os.declarations.cards.handler(({ input, context: { deps, scope } }) =>
    listContactCards(deps, scope, input),
  ),
  unmatched: os.declarations.unmatched.handler(({ input, context: { deps, scope } }) =>
    listUnmatched(deps, scope, input.area),
  ),
  countUnmatched: os.declarations.countUnmatched.handler(({ input, context: { deps, scope } }) =>
    countUnmatched(deps, scope, input.area),
  ),
  settle: os.declarations.settle.handler(({ input, context: { deps, me, scope } }) =>
    settleDeclaration(deps, scope, me, input),
  ),
}
