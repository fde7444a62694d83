import type { Catalogue } from '#web/locales/catalogue.ts'
import type { intake } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    intake: typeof intake
  }
}

export const intakeTexts: Catalogue = {
  name: 'intake',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).intake,
    'en-US': async () => (await import('./en-US.ts')).intake,
  },
}
