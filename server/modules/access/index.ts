/**
 * Who signs in, what they are and where they may look: accounts, sessions, the sign-in by the auth library, and the households
 * given to an account.
 */

export { accountFileStream } from './account-file.ts'
export { accountRoutes } from './account-routes.ts'
export { ensureDemoAccounts, giveDemoHouseholds } from './demo.ts'
export { type DemoAccount, demoAccounts } from './demo-accounts.ts'
export { endGiven, giveHousehold, inScope } from './given.ts'
export { householdAccessPart } from './handover.ts'
export { columnPart, inside, liesOutside } from './handover-parts.ts'
export { type Identity, openIdentity } from './identity.ts'
export { ensureAccounts, type NewAccount } from './operations.ts'
export { findRequester } from './requester.ts'
export { sessionRetention } from './retention.ts'
export { sessionRoutes } from './routes.ts'
export { sweepSignIns } from './sessions.ts'
export { handleSignIn } from './sign-in-door.ts'
export { schema } from './tables.ts'
