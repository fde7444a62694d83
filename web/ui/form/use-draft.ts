import { useEffect, useState } from 'react'
import { useMe } from '#web/api/session.ts'

/** Text on its way that outlives the end of the session in this window, for the same person only. */
export function useDraft(name: string): [string, (text: string) => void, () => void] {
  const key = `shouwang.draft.${useMe().username}.${name}`
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '')
  useEffect(() => {
    if (text === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  }, [key, text])
  const forget = () => {
    sessionStorage.removeItem(key)
    setText('')
  }
  return [text, setText, forget]
}
