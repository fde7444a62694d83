import type { Catalogue } from '#web/locales/catalogue.ts'
import type { households } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    households: typeof households
  }
}

export const householdsTexts: Catalogue = {
  name: 'households',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).households,
    'en-US': async () => (await import('./en-US.ts')).households,
  },
}
