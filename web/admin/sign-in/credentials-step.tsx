import { useMutation } from '@tanstack/react-query'
import { Button, Divider, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SignInOptions } from '#contract/access/session.ts'
import { goToSingleSignOn, signIn } from '#web/api/sign-in.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { SignInFailure } from '../credentials/index.ts'

interface CredentialsStepProps {
  singleSignOn: SignInOptions['singleSignOn']
  next: string
  onDone(signedIn: { needsCode: boolean; username: string; password: string }): void
}

interface Credentials {
  username: string
  password: string
}

export function CredentialsStep({ singleSignOn, next, onDone }: CredentialsStepProps) {
  const { t } = useTranslation('signIn')
  const [form] = Form.useForm<Credentials>()
  const enter = useMutation({
    mutationFn: ({ username, password }: Credentials) => signIn(username.trim(), password),
    onSuccess: ({ needsCode }, { username, password }) =>
      onDone({ needsCode, username: username.trim().toLowerCase(), password }),
    // The name stays; only the password has to be typed again.
    onError: () => form.getFieldInstance('password')?.focus(),
  })
  const elsewhere = useMutation({ mutationFn: () => goToSingleSignOn(next) })
  const error = enter.error ?? elsewhere.error
  return (
    <>
      <p className="muted sign-in-lead">{t('lead')}</p>
      <PageHeader title={t('title')} />
      {error && <SignInFailure error={error} />}
      <Form
        form={form}
        layout="vertical"
        onFinish={(typed) => !enter.isPending && enter.mutate(typed)}
        requiredMark={false}
      >
        <Form.Item
          name="username"
          label={t('username')}
          rules={[{ required: true, message: t('enterUsername') }]}
        >
          <Input autoComplete="username" autoCapitalize="none" autoFocus size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('enterPassword') }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={enter.isPending}>
          {t('submit')}
        </Button>
      </Form>
      {singleSignOn && (
        <>
          <Divider plain>{t('or')}</Divider>
          <Button size="large" block loading={elsewhere.isPending} onClick={() => elsewhere.mutate()}>
            {t('singleSignOn', { label: singleSignOn.label })}
          </Button>
        </>
      )}
    </>
  )
}
