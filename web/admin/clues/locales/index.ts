import type { Catalogue } from '#web/locales/catalogue.ts'
import type { clues } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    clues: typeof clues
  }
}

export const cluesTexts: Catalogue = {
  name: 'clues',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).clues,
    'en-US': async () => (await import('./en-US.ts')).clues,
  },
}
