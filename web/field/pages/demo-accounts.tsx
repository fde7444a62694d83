import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may } from '#contract/access/capabilities.ts'
import type { DemoAccount } from '#contract/access/session.ts'
import { api } from '#web/api/client.ts'
import { signIn, verifyCode } from '#web/api/sign-in.ts'
import { useText } from '#web/ui/words/use-text.ts'

interface DemoAccountsProps {
  isBusy: boolean
  onChoose(act: () => Promise<{ needsCode: boolean }>): void
}

/** The demonstration's accounts that make visits; the code of the second step is filled in. */
export function DemoAccounts({ isBusy, onChoose }: DemoAccountsProps) {
  const { t } = useTranslation('field')
  const text = useText()
  const [accounts, setAccounts] = useState<DemoAccount[]>([])
  useEffect(() => {
    api.session.demo().then(
      (demo) => setAccounts(demo.accounts.filter(({ role }) => may(role, 'visit.report'))),
      () => undefined,
    )
  }, [])
  if (accounts.length === 0) return null
  return (
    <section className="demo">
      <h2>{t('signIn.demoTitle')}</h2>
      <p className="muted">{t('signIn.demoLead')}</p>
      {accounts.map((account) => (
        <button
          key={account.username}
          type="button"
          disabled={isBusy}
          onClick={() => onChoose(() => enterDemo(account))}
        >
          {text(account.title)} <code>{account.username}</code>
        </button>
      ))}
    </section>
  )
}

async function enterDemo({ username, password }: DemoAccount): Promise<{ needsCode: boolean }> {
  const { needsCode } = await signIn(username, password)
  if (needsCode) {
    // Codes last half a minute, so the one on the page may be old by now.
    const { accounts } = await api.session.demo()
    await verifyCode(accounts.find((one) => one.username === username)?.secondFactorCode ?? '')
  }
  return { needsCode: false }
}
