import { useMutation, useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Role } from '#contract/access/capabilities.ts'
import type { DemoAccount } from '#contract/access/session.ts'
import { api } from '#web/api/client.ts'
import { signIn, verifyCode } from '#web/api/sign-in.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { SignInFailure } from '../credentials/index.ts'

const groups = {
  office: ['clerk', 'checker', 'leader', 'supervisor'],
  ground: ['township', 'village', 'team-member', 'helper', 'household'],
  outside: ['department', 'bank', 'support-unit', 'donor'],
  keepers: ['system-admin', 'security-admin', 'audit-admin'],
} as const satisfies Record<string, readonly Role[]>

export const demoQuery = { queryKey: ['demo-accounts'], queryFn: () => api.session.demo() }

/** One click and one is in: the demonstration fills in the code of the second step as well. */
export function DemoAccounts({ onDone }: { onDone(password: string): void }) {
  const { t } = useTranslation('signIn')
  const text = useText()
  const demo = useQuery(demoQuery)
  const enter = useMutation({ mutationFn: enterDemo, onSuccess: onDone })
  const accounts = demo.data?.accounts ?? []
  if (accounts.length === 0) return null
  return (
    <section className="sign-in-demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('demoTitle')}</h2>
      <p className="muted">{t('demoLead')}</p>
      {enter.isError && <SignInFailure error={enter.error} />}
      {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
        <div key={group} className="demo-group">
          <h3>{t(`demoGroup.${group}`)}</h3>
          <ul>
            {accounts
              .filter(({ role }) => (groups[group] as readonly Role[]).includes(role))
              .map((account) => (
                <li key={account.username}>
                  <button
                    type="button"
                    className="demo-card"
                    disabled={enter.isPending}
                    onClick={() => enter.mutate(account)}
                  >
                    <span className="demo-name">{text(account.title)}</span> <code>{account.username}</code>{' '}
                    {account.secondFactorCode && <Tag>{t('demoTwoSteps')}</Tag>}
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
      <p className="muted demo-note">{t('demoCode')}</p>
    </section>
  )
}

async function enterDemo({ username, password }: DemoAccount): Promise<string> {
  const { needsCode } = await signIn(username, password)
  if (needsCode) {
    // Codes last half a minute, so the one on the page may be old by now.
    const { accounts } = await api.session.demo()
    await verifyCode(accounts.find((one) => one.username === username)?.secondFactorCode ?? '')
  }
  return password
}
