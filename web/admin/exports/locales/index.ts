import type { Catalogue } from '#web/locales/catalogue.ts'
import type { exports } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    exports: typeof exports
  }
}

export const exportsTexts: Catalogue = {
  name: 'exports',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).exports,
    'en-US': async () => (await import('./en-US.ts')).exports,
  },
}
