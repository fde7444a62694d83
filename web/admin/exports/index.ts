import { withTexts } from '#web/locales/i18n.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { exportsTexts } from './locales/index.ts'

/** How a list leaves, from whatever page shows it. */
export const RequestExport = lazyPart(
  () => withTexts([exportsTexts], import('./request-export.tsx')),
  'RequestExport',
)
