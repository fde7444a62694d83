import { useTranslation } from 'react-i18next'

/** `clues.dispatch` in words; what has no words yet is shown as it is. */
export function useActionName(): (action: string) => string {
  const { t, i18n } = useTranslation('audit')
  return (action) => {
    const [group = '', verb = ''] = action.split('.')
    const known = (key: string) => i18n.exists(`audit:${key}`)
    const name = known(`group.${group}`) ? t(`group.${group as 'clues'}`) : group
    const done = known(`verb.${verb}`) ? t(`verb.${verb as 'get'}`) : verb
    return verb === '' ? name : `${name} · ${done}`
  }
}
