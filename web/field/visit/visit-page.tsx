import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '#contract/work/visits.ts'
import { waitingDraft } from '../device/keep-draft.ts'
import { useOpen } from '../device/state.ts'
import { findRow, listRows } from '../device/store.ts'
import { Link } from '../ui/router.tsx'
import { reportNow } from '../work/clock.ts'
import { type Draft, newDraft } from '../work/draft.ts'
import { isUnsent } from '../work/outbox.ts'
import { VisitForm } from './visit-form.tsx'

interface Loaded {
  visit: Visit
  draft: Draft
  /** The visit changed after the draft was begun. */
  hasChanged: boolean
}

/** Opens the visit where it was left. */
export function VisitPage({ id }: { id: string }) {
  const { t } = useTranslation('field')
  const { key } = useOpen()
  const [loaded, setLoaded] = useState<Loaded | 'gone'>()
  const [handed, setHanded] = useState(false)
  useEffect(() => {
    load(key, id).then(setLoaded)
  }, [key, id])
  if (handed) return <Handed />
  if (!loaded) return null
  if (loaded === 'gone') {
    return (
      <section className="page">
        <h1>{t('form.gone')}</h1>
        <p>{t('form.goneText')}</p>
        <Link to="" className="button primary">
          {t('nav.today')}
        </Link>
      </section>
    )
  }
  return <VisitForm {...loaded} onHanded={() => setHanded(true)} />
}

async function load(key: CryptoKey, id: string): Promise<Loaded | 'gone'> {
  const [visit, kept, outbox] = await Promise.all([
    findRow(key, 'visits', id),
    findRow(key, 'drafts', id),
    listRows(key, 'outbox'),
  ])
  const isHanded = outbox.some((item) => item.kind === 'report' && item.visit === id && isUnsent(item))
  const draft = waitingDraft(id) ?? kept
  if (!visit || isHanded) return 'gone'
  const hasChanged = draft !== undefined && draft.version !== visit.version
  return { visit, draft: { ...(draft ?? newDraft(visit, reportNow())), version: visit.version }, hasChanged }
}

function Handed() {
  const { t } = useTranslation('field')
  return (
    <section className="page handed" role="status">
      <h1>{t('form.handed')}</h1>
      <p>{t('form.handedText')}</p>
      <Link to="" className="button primary">
        {t('form.toToday')}
      </Link>
      <Link to="outbox" className="button">
        {t('card.seeOutbox')}
      </Link>
    </section>
  )
}
