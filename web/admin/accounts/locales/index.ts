import type { Catalogue } from '#web/locales/catalogue.ts'
import type { accounts } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    accounts: typeof accounts
  }
}

export const accountsTexts: Catalogue = {
  name: 'accounts',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).accounts,
    'en-US': async () => (await import('./en-US.ts')).accounts,
  },
}
