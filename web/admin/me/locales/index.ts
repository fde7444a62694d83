import type { Catalogue } from '#web/locales/catalogue.ts'
import type { me } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    me: typeof me
  }
}

export const meTexts: Catalogue = {
  name: 'me',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).me,
    'en-US': async () => (await import('./en-US.ts')).me,
  },
}
