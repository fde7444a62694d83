/**
 * Who signs in, what they are and where they may look: accounts, sessions, the sign-in by the auth library, and the households
 * granted to an account.
 */

export { firstAccounts } from './accounts/first/first.ts'
export { ensureDemoAccounts, grantDemoHouseholds } from './demo/demo.ts'
export { demoAccounts } from './demo/demo-accounts.ts'
export { endGrant, grantHousehold, inScope, isOutOfReach } from './grants.ts'
export { columnPart, inside, liesOutside } from './handover/parts.ts'
export { type Identity, openIdentity } from './sign-in/identity.ts'
export { findRequester } from './sign-in/requester.ts'
export { handleSignIn } from './sign-in/steps/sign-in-door.ts'
