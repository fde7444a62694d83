import type { Catalogue } from '#web/locales/catalogue.ts'
import type { policy } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    policy: typeof policy
  }
}

export const policyTexts: Catalogue = {
  name: 'policy',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).policy,
    'en-US': async () => (await import('./en-US.ts')).policy,
  },
}
