import type { Language } from './language.ts'
import type { Shape } from './shape.ts'
import type { resources as Resources } from './zh-CN/index.ts'

type Common = typeof Resources

/** The texts of everything: what is loaded at the start, and what each folder adds with its own catalogue. */
export interface Catalogues extends Common {}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Catalogues
  }
}

/** Texts that only some pages need, and how they come; a language that forgets one does not compile. */
export type Catalogue = { [Name in keyof Catalogues]: CatalogueOf<Name> }[keyof Catalogues]

interface CatalogueOf<Name extends keyof Catalogues> {
  name: Name
  load: Record<Language, () => Promise<Shape<Catalogues[Name]>>>
}
