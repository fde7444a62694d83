export { type Auth, createAuth } from './auth.ts'
export { type DemoAccount, demoAccounts } from './demo-accounts.ts'
export { createAccount, findRequester, type NewAccount } from './operations.ts'
export { sessionRoutes } from './routes.ts'
