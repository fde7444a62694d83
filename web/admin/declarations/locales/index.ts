import type { Catalogue } from '#web/locales/catalogue.ts'
import type { declarations } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    declarations: typeof declarations
  }
}

export const declarationsTexts: Catalogue = {
  name: 'declarations',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).declarations,
    'en-US': async () => (await import('./en-US.ts')).declarations,
  },
}
