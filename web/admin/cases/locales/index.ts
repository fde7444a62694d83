import type { Catalogue } from '#web/locales/catalogue.ts'
import type { cases } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    cases: typeof cases
  }
}

export const casesTexts: Catalogue = {
  name: 'cases',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).cases,
    'en-US': async () => (await import('./en-US.ts')).cases,
  },
}
