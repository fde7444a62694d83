/**
 * Identification and resolution, step by step, with every condition enforced; the decision on a visit's report that opens them.
 * Throws AppError `case-guard` with the guards that do not hold.
 */
export { addAuthorisation, authorisedScopes } from './conditions/authorisation.ts'
export { decideReport } from './decide-report.ts'
export { pauseCase } from './steps/decisions.ts'
export { enteredHouseholds, enteredQueue, findEntered } from './steps/entered.ts'
export { doStep } from './steps/steps.ts'
export { getCase } from './view.ts'
