import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may } from '#contract/access/capabilities.ts'
import type { Me, SignInOptions } from '#contract/access/session.ts'
import { api, errorCode } from '#web/api/client.ts'
import { isHalfSignedIn } from '#web/api/session.ts'
import { goToSingleSignOn, signIn, signOut, verifyBackupCode, verifyCode } from '#web/api/sign-in.ts'
import { useFailureText } from '../ui/failure-text.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { go } from '../ui/router.tsx'
import { TextField } from '../ui/text-field.tsx'
import { DemoAccounts } from './demo-accounts.tsx'

interface SignInPageProps {
  /** The device is open and holds data; only the session ended. */
  again?: boolean
  onDone(): void
}

/** Name and password, then the code where the role needs one. */
export function SignInPage({ again = false, onDone }: SignInPageProps) {
  const { t } = useTranslation('field')
  const failureText = useFailureText()
  const [needsCode, setNeedsCode] = useState(false)
  const [unfit, setUnfit] = useState<Me>()
  const [failure, setFailure] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [options, setOptions] = useState<SignInOptions>()
  useEffect(() => {
    api.session.options().then(setOptions, () => undefined)
  }, [])

  const attempt = async (act: () => Promise<{ needsCode: boolean }>) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const { needsCode: more } = await act()
      setNeedsCode(more)
      if (!more) await finish()
    } catch (error) {
      setFailure(errorCode(error))
    } finally {
      setBusy(false)
    }
  }
  const finish = async () => {
    const me = await api.session.me()
    if (me.secondFactor === 'pending') return setNeedsCode(true)
    if (isHalfSignedIn(me) || !may(me.role, 'visit.report')) return setUnfit(me)
    onDone()
  }
  const restart = async () => {
    setUnfit(undefined)
    setNeedsCode(false)
    await signOut().catch(() => undefined)
  }
  const failed = failure && failureText(failure)
  return (
    <main className="alone" id="main">
      <h1>{needsCode ? t('signIn.codeTitle') : t('signIn.title')}</h1>
      {unfit ? (
        <Unfit me={unfit} onRestart={() => void restart()} />
      ) : (
        <>
          <p className="muted">
            {needsCode ? t('signIn.codeLead') : again ? t('signIn.again') : t('signIn.lead')}
          </p>
          {failed && (
            <div className="lacks" role="alert">
              <strong>{failed.what}</strong> {failed.todo}
            </div>
          )}
          {needsCode ? (
            <CodeForm
              isBusy={isBusy}
              onSubmit={(act) => void attempt(act)}
              onRestart={() => void restart()}
            />
          ) : (
            <PasswordForm isBusy={isBusy} onSubmit={(act) => void attempt(act)} />
          )}
          {!needsCode && options?.singleSignOn && (
            <button type="button" onClick={() => void goToSingleSignOn('/field/')}>
              {t('signIn.singleSignOn', { label: options.singleSignOn.label })}
            </button>
          )}
          {!needsCode && <DemoAccounts isBusy={isBusy} onChoose={(act) => void attempt(act)} />}
        </>
      )}
      <div className="row between">
        {again ? (
          <button type="button" className="plain" onClick={() => go('', { replace: true })}>
            {t('signIn.later')}
          </button>
        ) : (
          <span />
        )}
        <LanguageSwitch />
      </div>
    </main>
  )
}

type Act = () => Promise<{ needsCode: boolean }>

function PasswordForm({ isBusy, onSubmit }: { isBusy: boolean; onSubmit(act: Act): void }) {
  const { t } = useTranslation('field')
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const isComplete = username.trim() !== '' && password !== ''
        setMissing(!isComplete)
        if (isComplete) onSubmit(() => signIn(username.trim(), password))
      }}
    >
      <TextField
        label={t('signIn.username')}
        autoComplete="username"
        value={username}
        onChange={setUsername}
      />
      <TextField
        label={t('signIn.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      {isMissing && (
        <p className="lacks" role="alert">
          {t('signIn.missing')}
        </p>
      )}
      <button type="submit" className="primary" disabled={isBusy}>
        {t('signIn.submit')}
      </button>
    </form>
  )
}

interface CodeFormProps {
  isBusy: boolean
  onSubmit(act: Act): void
  onRestart(): void
}

function CodeForm({ isBusy, onSubmit, onRestart }: CodeFormProps) {
  const { t } = useTranslation('field')
  const [code, setCode] = useState('')
  const [isBackup, setBackup] = useState(false)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const verify = isBackup ? verifyBackupCode : verifyCode
        onSubmit(() => verify(code.trim()).then(() => ({ needsCode: false })))
      }}
    >
      <TextField
        label={isBackup ? t('signIn.backup') : t('signIn.code')}
        autoComplete={isBackup ? 'off' : 'one-time-code'}
        inputMode={isBackup ? 'text' : 'numeric'}
        value={code}
        onChange={setCode}
      />
      <button type="submit" className="primary" disabled={isBusy || code.trim() === ''}>
        {t('signIn.submit')}
      </button>
      <div className="row between">
        <button type="button" className="plain" onClick={() => setBackup(!isBackup)}>
          {isBackup ? t('signIn.useCode') : t('signIn.useBackup')}
        </button>
        <button type="button" className="plain" onClick={onRestart}>
          {t('signIn.restart')}
        </button>
      </div>
    </form>
  )
}

/** Signed in, but not for this: set up elsewhere first, or of a role that makes no visits. */
function Unfit({ me, onRestart }: { me: Me; onRestart(): void }) {
  const { t } = useTranslation('field')
  const common = useTranslation().t
  return (
    <>
      <p role="alert">
        {isHalfSignedIn(me) ? t('signIn.half') : t('signIn.wrongRole', { role: common(`role.${me.role}`) })}
      </p>
      {isHalfSignedIn(me) && (
        <a className="button primary" href="/sign-in">
          {t('signIn.openWeb')}
        </a>
      )}
      <button type="button" onClick={onRestart}>
        {t('signIn.restart')}
      </button>
    </>
  )
}
