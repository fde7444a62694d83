import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { Alert } from 'antd'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#contract/access/session.ts'
import { isHalfSignedIn, meQuery, refreshMe, signInOptionsQuery } from '#web/api/session.ts'
import { signOut } from '#web/api/sign-in.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { LanguageButton, Mark } from '../shell/layout.tsx'
import { startPage } from '../shell/menu.ts'
import { CodeStep } from './code-step.tsx'
import { CredentialsStep } from './credentials-step.tsx'
import { DemoAccounts } from './demo-accounts.tsx'
import { NewPasswordStep } from './new-password-step.tsx'
import { WhyHere } from './why-here.tsx'
import './sign-in.css'

const route = getRouteApi('/sign-in')
const ChooseStep = lazyPart(() => import('./choose-step.tsx'), 'ChooseStep')
const EnrolStep = lazyPart(() => import('./enrol-step.tsx'), 'EnrolStep')

/** Asks for one thing at a time: name and password, the code, a password of one's own, the phone. */
export function SignInPage() {
  const common = useTranslation().t
  const { t } = useTranslation('signIn')
  const router = useRouter()
  const { next, why, error, step: wanted } = route.useSearch()
  const options = useQuery(signInOptionsQuery)
  // Asked before the page came.
  const { data: me } = useQuery({ ...meQuery, retryOnMount: false })
  const [needsCode, setNeedsCode] = useState(false)
  const [username, setUsername] = useState('')
  // Kept for the steps that ask for it again, so that it is typed once.
  const [password, setPassword] = useState('')

  const proceed = async () => {
    setNeedsCode(false)
    const now = await refreshMe()
    if (isHalfSignedIn(now)) return
    if (next) router.history.push(next)
    else await router.navigate({ to: startPage(now) })
  }
  const restart = async () => {
    if (me) await signOut()
    setNeedsCode(false)
    setPassword('')
  }

  const enter = (entered: { needsCode: boolean; username: string; password: string }) => {
    setPassword(entered.password)
    setUsername(entered.username)
    if (entered.needsCode) setNeedsCode(true)
    else return proceed()
  }
  const rules = options.data?.passwordRules
  let step: ReactNode
  if (needsCode || me?.secondFactor === 'pending') {
    step = <CodeStep username={me?.username ?? username} onDone={proceed} onRestart={restart} />
  } else if (me?.mustChangePassword) {
    step = options.isError ? (
      <ErrorState error={options.error} onRetry={() => options.refetch()} />
    ) : !rules ? (
      <SkeletonRows rows={6} />
    ) : (
      <NewPasswordStep
        {...{ me, rules, password }}
        onDone={(chosen) => {
          setPassword(chosen)
          return proceed()
        }}
      />
    )
  } else if (me?.secondFactor === 'required') {
    step = <EnrolStep password={password} onDone={proceed} />
  } else if (wanted === 'choose' && rules) {
    step = (
      <>
        <ChooseStep rules={rules} onDone={enter} />
        <p className="sign-in-choose">
          <Link to="/sign-in">{t('choose.back')}</Link>
        </p>
      </>
    )
  } else {
    step = (
      <>
        <WhyHere why={why} error={error} />
        {me && why === undefined && <SignedIn me={me} />}
        <CredentialsStep
          singleSignOn={options.data?.singleSignOn ?? null}
          next={next ?? '/'}
          onDone={enter}
        />
        <p className="sign-in-choose">
          <Link to="/sign-in" search={{ step: 'choose' }}>
            {t('choose.link')}
          </Link>
        </p>
      </>
    )
  }
  const isFirstStep = !needsCode && !(me && isHalfSignedIn(me))
  return (
    <main className={isFirstStep ? 'sign-in' : 'sign-in alone'} id="main">
      <div className="sign-in-top">
        {me && isHalfSignedIn(me) && (
          <button type="button" className="link-button" onClick={restart}>
            {common('signOut')}
          </button>
        )}
        <LanguageButton />
      </div>
      <section className="sign-in-card panel" aria-label={t('title')}>
        <div className="sign-in-brand">
          <Mark size={40} />
          <span>{common('productLong')}</span>
        </div>
        <Suspense fallback={<SkeletonRows rows={6} />}>{step}</Suspense>
      </section>
      {isFirstStep && (
        <DemoAccounts
          onDone={(typed) => {
            setPassword(typed)
            return proceed()
          }}
        />
      )}
    </main>
  )
}

function SignedIn({ me }: { me: Me }) {
  const { t } = useTranslation('signIn')
  const { next } = route.useSearch()
  return (
    <Alert
      type="info"
      style={{ marginBottom: 16 }}
      title={
        <>
          {t('signedInAs', { name: me.name })} <Link to={next ?? startPage(me)}>{t('goOn')}</Link>
        </>
      }
    />
  )
}
