import { useTranslation } from 'react-i18next'

interface FailureText {
  what: string
  todo: string
}

/** A code of a failure in plain words: what happened and what to do. */
export function useFailureText(): (code: string) => FailureText {
  const { t, i18n } = useTranslation()
  const field = useTranslation('field').t
  return (code) => {
    if (code === 'photo-lost') return { what: field('outbox.lost.what'), todo: field('outbox.lost.todo') }
    const known = i18n.exists(`error.${code}.what`) ? (code as 'fallback') : 'fallback'
    return { what: t(`error.${known}.what`), todo: t(`error.${known}.todo`) }
  }
}
