import { useQuery } from '@tanstack/react-query'
import { type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Letter } from '#contract/contact/letters.ts'
import { api } from '#web/api/client.ts'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { ReadAloud } from '#web/ui/read-aloud/read-aloud.tsx'
import { useDay } from '#web/ui/words/use-day.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { LetterText } from './letter-text.tsx'
import './letters.css'

/** The first letter to a household; the newest open, the others behind their titles. */
export function OwnLetters() {
  const { t } = useTranslation('letters')
  const query = useQuery({ queryKey: ['own-letters'], queryFn: () => api.letters.own() })
  const part = useRef<HTMLElement>(null)
  const [newest, ...earlier] = query.data?.letters ?? []
  return (
    <section className="panel own-letters" aria-labelledby="own-letters">
      <h2 id="own-letters">{t('own')}</h2>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={4} height={28} />}
      {query.data && !newest && <p>{t('none')}</p>}
      {newest && <ReadAloud part={part} />}
      {newest && <Opened letter={newest} part={part} />}
      {earlier.map((letter) => (
        <Folded key={`${letter.kind}-${letter.on}`} letter={letter} />
      ))}
    </section>
  )
}

function Opened({ letter, part }: { letter: Letter; part: RefObject<HTMLElement | null> }) {
  const text = useText()
  const day = useDay()
  return (
    <article ref={part} className="letter newest">
      <h3>{text(letter.title)}</h3>
      <p className="muted">{day(letter.on)}</p>
      <LetterText letter={letter} />
    </article>
  )
}

function Folded({ letter }: { letter: Letter }) {
  const text = useText()
  const day = useDay()
  return (
    <details className="letter">
      <summary>
        <strong>{text(letter.title)}</strong> <span className="muted">{day(letter.on)}</span>
      </summary>
      <LetterText letter={letter} />
    </details>
  )
}
