import { withTexts } from '#web/locales/i18n.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import type { TaskFace } from '../shell/task-face.ts'
import { cluesTexts } from './locales/index.ts'
import { dispatchWords } from './locales/tasks.ts'

const DispatchModal = lazyPart(
  () => withTexts([cluesTexts], import('./acts/dispatch-modal.tsx')),
  'DispatchModal',
)

export const tasks: readonly TaskFace[] = [
  {
    kind: 'dispatch',
    words: dispatchWords,
    // Beside the clue stands what lies where it lies, by the same day.
    placeOf: ({ subject, what }) =>
      `/clues/${subject}?state=${what === 'dispatch' ? 'new' : 'dispatched'}&sort=due`,
    inPlace: { what: ['dispatch'], capability: 'clue.dispatch', Dialog: DispatchModal },
  },
]
