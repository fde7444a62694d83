import type { Catalogue } from '#web/locales/catalogue.ts'
import type { operations } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    operations: typeof operations
  }
}

export const operationsTexts: Catalogue = {
  name: 'operations',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).operations,
    'en-US': async () => (await import('./en-US.ts')).operations,
  },
}
