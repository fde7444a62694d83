import type { Letter } from '#contract/contact/letters.ts'
import { PhoneText } from '#web/ui/words/phone-text.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import './letters.css'

/** What we saw, what it means, what happens next, whom to call. */
export function LetterText({ letter: { paragraphs, call } }: { letter: Letter }) {
  const text = useText()
  return (
    <div className="letter-text">
      {paragraphs.map(({ head, text: sentence }) => (
        <p key={head.zh}>
          <strong>{text(head)}</strong>
          <span>{text(sentence)}</span>
        </p>
      ))}
      <p className="letter-call">
        <PhoneText text={text(call)} />
      </p>
    </div>
  )
}
