import { useTranslation } from 'react-i18next'
import { actionWords } from '#contract/protection/audit-words.ts'
import { useNames } from '../shell/brought.ts'

/** `clues.dispatch` in words, those of its folder of pages before the audit's own; what has no words yet is shown as it is. */
export function useActionName(): (action: string) => string {
  const nameOf = useNames('actionNames')
  const language = useTranslation().i18n.language === 'en-US' ? 'en' : 'zh'
  return (action) => actionWords(action, language, nameOf)
}
