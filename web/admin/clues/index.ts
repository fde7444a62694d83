import { withTexts } from '#web/locales/i18n.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { visitsTexts } from '../visits/locales/index.ts'

export const ReportModal = lazyPart(
  () => withTexts([visitsTexts], import('./acts/report-modal.tsx')),
  'ReportModal',
)
