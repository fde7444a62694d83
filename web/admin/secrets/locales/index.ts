import type { Catalogue } from '#web/locales/catalogue.ts'
import type { secrets } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    secrets: typeof secrets
  }
}

export const secretsTexts: Catalogue = {
  name: 'secrets',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).secrets,
    'en-US': async () => (await import('./en-US.ts')).secrets,
  },
}
