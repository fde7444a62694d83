import { withTexts } from '#web/locales/i18n.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { secretsTexts } from './locales/index.ts'

export const OpenBreakGlass = lazyPart(
  () => withTexts([secretsTexts], import('./open-break-glass.tsx')),
  'OpenBreakGlass',
)
export { BreakGlassBanner } from './break-glass-banner.tsx'
export { Reveal } from './reveal.tsx'
