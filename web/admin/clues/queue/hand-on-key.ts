import { useEffect, useRef } from 'react'

const event = 'shouwang:hand-on'

/** The key of the list that hands the open clue on, whichever part of the page shows it. */
export const pressHandOn = () => window.dispatchEvent(new Event(event))

export function useHandOnKey(handOn: () => void) {
  const latest = useRef(handOn)
  latest.current = handOn
  useEffect(() => {
    const act = () => latest.current()
    window.addEventListener(event, act)
    return () => window.removeEventListener(event, act)
  }, [])
}
