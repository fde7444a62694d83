import type { Catalogue } from '#web/locales/catalogue.ts'
import type { overview } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    overview: typeof overview
  }
}

export const overviewTexts: Catalogue = {
  name: 'overview',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).overview,
    'en-US': async () => (await import('./en-US.ts')).overview,
  },
}
