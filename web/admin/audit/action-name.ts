import { useTranslation } from 'react-i18next'
import { useNames } from '../shell/brought.ts'

/** `clues.dispatch` in words, those of its folder of pages before the audit's own; what has no words yet is shown as it is. */
export function useActionName(): (action: string) => string {
  const { t, i18n } = useTranslation('audit')
  const nameOf = useNames('actionNames')
  return (action) => {
    const [group = '', verb = ''] = action.split('.')
    const known = (key: string) => i18n.exists(`audit:${key}`)
    const name = nameOf(group) ?? (known(`group.${group}`) ? t(`group.${group as 'clues'}`) : group)
    const done = nameOf(action) ?? (known(`verb.${verb}`) ? t(`verb.${verb as 'get'}`) : verb)
    return verb === '' ? name : `${name} · ${done}`
  }
}
