import type { Catalogue } from '#web/locales/catalogue.ts'
import type { signIn } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    signIn: typeof signIn
  }
}

export const signInTexts: Catalogue = {
  name: 'signIn',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).signIn,
    'en-US': async () => (await import('./en-US.ts')).signIn,
  },
}
