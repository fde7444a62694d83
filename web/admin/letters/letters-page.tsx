import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { useDay } from '#web/ui/words/use-day.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { LetterText } from './letter-text.tsx'
import { lettersQuery } from './letters-query.ts'
import './letters.css'

const route = getRouteApi('/layout/households/$ref/letters')
const papers = ['A5', 'A4'] as const

/** Each letter a sheet to be handed over and signed for, in large type. */
export function LettersPage() {
  const { t } = useTranslation('letters')
  const text = useText()
  const day = useDay()
  const { ref } = route.useParams()
  const { kind } = route.useSearch()
  const [paper, setPaper] = useState<(typeof papers)[number]>('A5')
  const query = useQuery(lettersQuery(ref))
  const household = useQuery({
    queryKey: ['household', ref, undefined],
    queryFn: () => api.households.get({ ref }),
  })
  if (query.isError) return <ErrorState asPage error={query.error} onRetry={() => query.refetch()} />
  // A sheet goes out with the place it comes from.
  if (household.isError)
    return <ErrorState asPage error={household.error} onRetry={() => household.refetch()} />
  if (!query.data || !household.data) return <SkeletonRows rows={12} height={32} />
  const { headName, letters } = query.data
  const shown = kind ? letters.filter((letter) => letter.kind === kind) : letters
  const { township, village } = household.data
  return (
    <div className={`letter-sheets on-${paper}`}>
      <PageHeader
        title={t('printTitle', { name: headName })}
        path={
          <Link to="/households/$ref" params={{ ref }} search={{}}>
            {t('back')}
          </Link>
        }
      >
        <Segmented aria-label={t('paper')} value={paper} options={[...papers]} onChange={setPaper} />
        <Button type="primary" disabled={shown.length === 0} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </PageHeader>
      {shown.length === 0 && <EmptyState title={t('noneOffice')} />}
      {shown.map((letter) => (
        <article key={`${letter.kind}-${letter.on}`} className="letter-sheet">
          <p className="letter-to">{t('to', { name: headName })}</p>
          <h2>{text(letter.title)}</h2>
          <LetterText letter={letter} />
          <p className="letter-from">
            {township.name} {village.name}
            <br />
            {day(letter.on)}
          </p>
          <p className="letter-signed">
            <span>{t('receivedBy')}</span>
            <span>{t('receivedOn')}</span>
          </p>
        </article>
      ))}
    </div>
  )
}
