import { useTranslation } from 'react-i18next'
import type { ClueReceiver } from '#contract/work/clues.ts'

type To = ClueReceiver['to']
const key = 'shouwang.handTo'

/** Who would have it: place and person, and that nobody is there yet where it is so. */
export function useReceiverText(): (receiver: ClueReceiver) => string {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  return ({ place, within, people }) =>
    [within?.name, place.name, people.length > 0 ? people.join(common('may.separator')) : t('nobodyThere')]
      .filter(Boolean)
      .join(' ')
}

/** To which level one handed on last; the next goes there too, where it can. */
export const lastTo = (): To | null => {
  const kept = sessionStorage.getItem(key)
  return kept === 'township' || kept === 'village' ? kept : null
}
export const keepTo = (to: To) => sessionStorage.setItem(key, to)
