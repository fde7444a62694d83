import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Letter } from '#contract/contact/letters.ts'
import { useMay } from '#web/api/session.ts'
import { CopyButton } from '#web/ui/files/copy-button.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { LetterText, lettersQuery } from '../letters/index.ts'

/** The letters to this household, as it reads them; to be printed or sent. */
export function LettersSection({ household }: { household: { ref: string } }) {
  const { t } = useTranslation('letters')
  const { ref } = household
  const query = useQuery(lettersQuery(ref))
  const mayCard = useMay('clue.report')
  const letters = query.data?.letters ?? []
  return (
    <section className="panel letters-section no-print" aria-labelledby="letters">
      <div className="letters-head">
        <h2 id="letters">{t('title')}</h2>
        <span className="letters-links">
          {letters.length > 0 && (
            <Link to="/households/$ref/letters" params={{ ref }} search={{}}>
              {t('printAll')}
            </Link>
          )}
          {mayCard && (
            <Link to="/contact-cards" search={{ household: ref }}>
              {t('card')}
            </Link>
          )}
        </span>
      </div>
      <p className="muted">{t('note')}</p>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={2} height={28} />}
      {query.data && letters.length === 0 && <p>{t('noneOffice')}</p>}
      {letters.map((letter, i) => (
        <Entry key={`${letter.kind}-${letter.on}`} household={ref} letter={letter} open={i === 0} />
      ))}
    </section>
  )
}

/** How many messages it is sent as: one with anything beyond Latin letters holds 70 characters, parts of a longer one 67. */
function partsOf(text: string): number {
  const [one, part] = /^[\x20-\x7e]*$/.test(text) ? [160, 153] : [70, 67]
  return text.length <= one ? 1 : Math.ceil(text.length / part)
}

function Entry({ household, letter, open }: { household: string; letter: Letter; open: boolean }) {
  const { t } = useTranslation('letters')
  const text = useText()
  const { kind, on, title, sms, noticeBy } = letter
  return (
    <details className="letter" open={open}>
      <summary>
        <strong>{text(title)}</strong> <span className="muted">{on}</span>{' '}
        {noticeBy && <Tag className="letter-notice">{t('noticeBy', { day: noticeBy })}</Tag>}
      </summary>
      <div className="letter-columns">
        <LetterText letter={letter} />
        <aside>
          <p className="muted">
            {t('sms')} {t('smsLength', { characters: text(sms).length, parts: partsOf(text(sms)) })}
          </p>
          <blockquote>{text(sms)}</blockquote>
          <p className="letter-buttons">
            <CopyButton size="small" text={text(sms)}>
              {t('copySms')}
            </CopyButton>
            <Link to="/households/$ref/letters" params={{ ref: household }} search={{ kind }}>
              {t('printOne')}
            </Link>
          </p>
          <p className="muted">{t('smsNote')}</p>
        </aside>
      </div>
    </details>
  )
}
