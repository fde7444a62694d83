import { os, publicOs } from '#server/platform/rpc.ts'
import { countUnmatched, listContactCards } from './cards.ts'
import { getDeclarationForm, sendDeclaration } from './send.ts'

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
    countUnmatched(deps, scope, input.area),
  ),
}
