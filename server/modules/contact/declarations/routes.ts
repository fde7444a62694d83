import { os, publicOs } from '#server/platform/http/rpc.ts'
import { listContactCards } from './cards.ts'
import { decideDeclaration } from './decide.ts'
import { listDeclarationPlaces } from './places.ts'
import { getDeclarationForm, sendDeclaration } from './send.ts'
import { countUnmatched, listUnmatched } from './unmatched.ts'

export const declarationRoutes = {
  form: publicOs.declarations.form.handler(({ input, context: { services } }) =>
    getDeclarationForm(services, input.village),
  ),
  places: publicOs.declarations.places.handler(({ input: { area }, context: { services } }) =>
    listDeclarationPlaces(services, area),
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
  decide: os.declarations.decide.handler(({ input, context: { deps, me, scope } }) =>
    decideDeclaration(deps, scope, me, input),
  ),
}
