import type { Catalogue } from '#web/locales/catalogue.ts'
import type { workbench } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    workbench: typeof workbench
  }
}

export const workbenchTexts: Catalogue = {
  name: 'workbench',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).workbench,
    'en-US': async () => (await import('./en-US.ts')).workbench,
  },
}
