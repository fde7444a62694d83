import { Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasswordRules } from '#contract/access/session.ts'
import { choosePassword, signIn } from '#web/api/sign-in.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { PasswordForm } from '../credentials/index.ts'

interface ChooseStepProps {
  rules: PasswordRules
  onDone(signedIn: { needsCode: boolean; username: string; password: string }): void
}

/** The first password of an account, or a new one after a reset: with the halves that two people handed over. */
export function ChooseStep({ rules, onDone }: ChooseStepProps) {
  const { t } = useTranslation('signIn')
  const [fields, setFields] = useState({ username: '', first: '', second: '' })
  const input = (name: keyof typeof fields, autoComplete: string) => (
    <Form.Item label={t(`choose.${name}`)} htmlFor={`choose-${name}`}>
      <Input
        id={`choose-${name}`}
        size="large"
        autoCapitalize="none"
        autoComplete={autoComplete}
        spellCheck={false}
        value={fields[name]}
        onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
      />
    </Form.Item>
  )
  const username = fields.username.trim().toLowerCase()
  return (
    <>
      <PageHeader title={t('choose.title')} />
      <p className="muted sign-in-lead">{t('choose.lead')}</p>
      <Form layout="vertical" component={false}>
        {input('username', 'username')}
        {input('first', 'off')}
        {input('second', 'off')}
      </Form>
      <PasswordForm
        username={username}
        rules={rules}
        submit={t('choose.submit')}
        send={(password) => choosePassword({ ...fields, username, password })}
        onDone={async (password) => onDone({ ...(await signIn(username, password)), username, password })}
      />
    </>
  )
}
