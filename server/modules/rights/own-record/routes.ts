import { os } from '#server/platform/http/rpc.ts'
import {
  assignCorrection,
  confirmCorrection,
  getCorrection,
  proposeCorrection,
  searchCorrections,
} from '../corrections/corrections.ts'
import { authoriseOnPaper } from './authorisation.ts'
import { authoriseOnline, getOwnLetters, getOwnRecord, openCorrection } from './own-record.ts'

/** A household sees what is granted to it wherever it lies: it may have moved since its account was made. */
export const ownRecordRoutes = {
  get: os.ownRecord.get.handler(({ context: { granted, me } }) =>
    getOwnRecord(granted.deps, granted.scope, me),
  ),
  correct: os.ownRecord.correct.handler(({ input, context: { granted, me } }) =>
    openCorrection(granted.deps, granted.scope, me, input),
  ),
  authorise: os.ownRecord.authorise.handler(({ input, context: { granted, me } }) =>
    authoriseOnline(granted.deps, me, input),
  ),
}

export const ownLetterRoutes = {
  own: os.letters.own.handler(({ context: { granted, me } }) => getOwnLetters(granted.deps, me)),
}

export const correctionRoutes = {
  list: os.corrections.list.handler(({ input, context: { deps, scope, me } }) =>
    searchCorrections(deps, scope, me, input),
  ),
  get: os.corrections.get.handler(({ input: { id }, context: { deps, scope, me } }) =>
    getCorrection(deps, scope, { userId: me.userId, isHousehold: false }, id),
  ),
  assign: os.corrections.assign.handler(({ input, context: { deps, scope, me } }) =>
    assignCorrection(deps, scope, me, input),
  ),
  propose: os.corrections.propose.handler(({ input, context: { deps, scope, me } }) =>
    proposeCorrection(deps, scope, me, input),
  ),
  confirm: os.corrections.confirm.handler(({ input, context: { deps, scope, me } }) =>
    confirmCorrection(deps, scope, me, input),
  ),
  authorise: os.corrections.authorise.handler(({ input, context: { deps, scope, me } }) =>
    authoriseOnPaper(deps, scope, me, input),
  ),
}
