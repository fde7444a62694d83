import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { setState, useFieldState } from './device/state.ts'
import { ConflictPage } from './outbox/conflict-page.tsx'
import { OutboxPage } from './outbox/outbox-page.tsx'
import { CardPage, HouseholdByCode } from './pages/card-page.tsx'
import { DevicePage } from './pages/device-page.tsx'
import { ErasedPage, InsecurePage } from './pages/erased-page.tsx'
import { ChoosePinPage, UnlockPage } from './pages/pin-pages.tsx'
import { SignInPage } from './pages/sign-in-page.tsx'
import { TodayPage } from './pages/today-page.tsx'
import { Shell } from './shell/shell.tsx'
import { enterOrSignIn } from './sync/device-life.ts'
import { doubtOwner } from './sync/sync.ts'
import { begin } from './sync/watch.ts'
import { go, usePath } from './ui/router.tsx'
import { VisitPage } from './visit/visit-page.tsx'

/** One thing at a time, here too: what the device is decides what is shown. */
export function Application() {
  const { phase } = useFieldState()
  const { t } = useTranslation()
  if (phase === 'starting')
    return (
      <main className="alone">
        <output>{t('loading')}</output>
      </main>
    )
  if (phase === 'insecure') return <InsecurePage />
  if (phase === 'erased') return <ErasedPage />
  if (phase === 'sign-in') return <SignInPage onDone={enterOrSignIn} />
  if (phase === 'new-pin') return <ChoosePinPage />
  if (phase === 'locked') return <UnlockPage />
  return <Opened />
}

function Opened() {
  const [page = '', id = '', more = ''] = usePath()
  if (page === 'sign-in') {
    const goOn = () => {
      doubtOwner()
      setState({ needsSignIn: false, otherAccount: null })
      begin()
      go('', { replace: true })
    }
    return <SignInPage again onDone={goOn} />
  }
  const pages: Record<string, () => ReactNode> = {
    '': () => <TodayPage />,
    card: () => <CardPage id={id} />,
    h: () => <HouseholdByCode household={id} />,
    visit: () => <VisitPage key={id} id={id} />,
    outbox: () => (id === '' ? <OutboxPage /> : <ConflictPage id={id} drop={more === 'drop'} />),
    device: () => <DevicePage />,
  }
  const shown = pages[page] ?? pages['']
  return <Shell tabs={page !== 'visit'}>{shown?.()}</Shell>
}
