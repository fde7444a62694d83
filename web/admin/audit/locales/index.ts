import type { Catalogue } from '#web/locales/catalogue.ts'
import type { audit } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    audit: typeof audit
  }
}

export const auditTexts: Catalogue = {
  name: 'audit',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).audit,
    'en-US': async () => (await import('./en-US.ts')).audit,
  },
}
