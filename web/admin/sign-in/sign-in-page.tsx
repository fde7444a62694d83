import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { SignInError, signIn } from '#web/api/session.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { useText } from '#web/ui/use-text.ts'
import { homeOf, LanguageButton, Mark } from '../layout.tsx'
import './sign-in.css'

const route = getRouteApi('/sign-in')

interface Credentials {
  username: string
  password: string
}

export function SignInPage() {
  const { t } = useTranslation('signIn')
  const common = useTranslation().t
  const text = useText()
  const router = useRouter()
  const { next } = route.useSearch()
  const [form] = Form.useForm<Credentials>()
  const [failure, setFailure] = useState<SignInError['code']>()
  const [busy, setBusy] = useState(false)
  const demo = useQuery({ queryKey: ['demo-accounts'], queryFn: () => api.session.demo() })

  const submit = async ({ username, password }: Credentials) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const me = await signIn(username.trim(), password)
      if (next) router.history.push(next)
      else await router.navigate({ to: homeOf(me) })
    } catch (error) {
      setFailure(error instanceof SignInError ? error.code : 'fallback')
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className="sign-in" id="main">
      <div className="sign-in-top">
        <LanguageButton />
      </div>
      <section className="sign-in-card panel">
        <div className="sign-in-brand">
          <Mark size={40} />
          <span>{common('productLong')}</span>
        </div>
        <p className="muted">{t('lead')}</p>
        <PageHeader title={t('title')} />
        {failure && (
          <Alert type="error" showIcon title={t(failure)} style={{ marginBottom: 16 }} role="alert" />
        )}
        <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
          <Form.Item
            name="username"
            label={t('username')}
            rules={[{ required: true, message: t('enterUsername') }]}
          >
            <Input autoComplete="username" autoFocus size="large" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('password')}
            rules={[{ required: true, message: t('enterPassword') }]}
          >
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={busy}>
            {t('submit')}
          </Button>
        </Form>
      </section>
      {(demo.data?.accounts.length ?? 0) > 0 && (
        <section className="sign-in-demo" aria-labelledby="demo-title">
          <h2 id="demo-title">{t('demoTitle')}</h2>
          <p className="muted">{t('demoLead')}</p>
          <ul>
            {demo.data?.accounts.map((account) => (
              <li key={account.username}>
                <Button block onClick={() => submit(account)} disabled={busy}>
                  <span>{text(account.title)}</span>
                  <code>{account.username}</code>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}
