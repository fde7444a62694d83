import type { Catalogue } from '#web/locales/catalogue.ts'
import type { visits } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    visits: typeof visits
  }
}

export const visitsTexts: Catalogue = {
  name: 'visits',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).visits,
    'en-US': async () => (await import('./en-US.ts')).visits,
  },
}
