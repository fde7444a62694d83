import type { Catalogue } from '#web/locales/catalogue.ts'
import type { plans } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    plans: typeof plans
  }
}

export const plansTexts: Catalogue = {
  name: 'plans',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).plans,
    'en-US': async () => (await import('./en-US.ts')).plans,
  },
}
