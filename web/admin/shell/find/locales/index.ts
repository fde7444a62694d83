import type { Catalogue } from '#web/locales/catalogue.ts'
import type { find } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    find: typeof find
  }
}

export const findTexts: Catalogue = {
  name: 'find',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).find,
    'en-US': async () => (await import('./en-US.ts')).find,
  },
}
