import type { Catalogue } from '#web/locales/catalogue.ts'
import type { notices } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    notices: typeof notices
  }
}

export const noticesTexts: Catalogue = {
  name: 'notices',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).notices,
    'en-US': async () => (await import('./en-US.ts')).notices,
  },
}
