import { withTexts } from '#web/locales/i18n.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { casesTexts } from './locales/index.ts'

export const ResolveModal = lazyPart(
  () => withTexts([casesTexts], import('./resolve-modal.tsx')),
  'ResolveModal',
)
