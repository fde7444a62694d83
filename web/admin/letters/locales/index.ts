import type { Catalogue } from '#web/locales/catalogue.ts'
import type { letters } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    letters: typeof letters
  }
}

export const lettersTexts: Catalogue = {
  name: 'letters',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).letters,
    'en-US': async () => (await import('./en-US.ts')).letters,
  },
}
