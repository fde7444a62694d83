import { publicOs } from '#server/platform/http/rpc.ts'
import { listDemoAccounts } from './demo-accounts.ts'

export const demoRoutes = {
  demo: publicOs.session.demo.handler(async ({ context: { services } }) => ({
    accounts: services.demo ? await listDemoAccounts(services.identity) : [],
    asOf: services.clock.today(),
  })),
}
