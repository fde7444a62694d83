import type { Catalogue } from '#web/locales/catalogue.ts'
import type { rights } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    rights: typeof rights
  }
}

export const rightsTexts: Catalogue = {
  name: 'rights',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).rights,
    'en-US': async () => (await import('./en-US.ts')).rights,
  },
}
