import type { Catalogue } from '#web/locales/catalogue.ts'
import type { categories } from './zh-CN.ts'

declare module '#web/locales/catalogue.ts' {
  interface Catalogues {
    categories: typeof categories
  }
}

export const categoriesTexts: Catalogue = {
  name: 'categories',
  load: {
    'zh-CN': async () => (await import('./zh-CN.ts')).categories,
    'en-US': async () => (await import('./en-US.ts')).categories,
  },
}
