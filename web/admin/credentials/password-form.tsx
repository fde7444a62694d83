import { CheckOutlined, MinusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasswordProblem, PasswordRules } from '#contract/access/session.ts'
import { errorCode, errorDetails } from '#web/api/client.ts'
import { changePassword } from '#web/api/sign-in.ts'
import { SignInFailure } from './failure.tsx'
import { checkPassword } from './password-check.ts'
import './credentials.css'

interface PasswordFormProps {
  username: string
  rules: PasswordRules
  /** The current password where it was just typed; else it is required. */
  current?: string
  submit: string
  /** How the password is set, where it is not a change of one's own. */
  send?: (password: string) => Promise<unknown>
  onDone(password: string): void
}

interface Typed {
  current?: string
  password: string
  again: string
}

/** The rules stand beside the field and are ticked off while one types. */
export function PasswordForm({ username, rules, current = '', submit, send, onDone }: PasswordFormProps) {
  const { t } = useTranslation('me')
  const [form] = Form.useForm<Typed>()
  const password = Form.useWatch('password', form) ?? ''
  const [refused, setRefused] = useState<string>()
  const change = useMutation({
    mutationFn: (typed: Typed) =>
      send ? send(typed.password) : changePassword(current || (typed.current ?? ''), typed.password),
    onSuccess: (_, typed) => {
      form.resetFields()
      onDone(typed.password)
    },
    onError: (error, typed) => {
      const problems = (errorDetails(error).problems ?? []) as PasswordProblem[]
      if (problems.includes('used-before')) setRefused(typed.password)
    },
  })
  const kept = checkPassword(password, username, rules)
  const isUsed = refused !== undefined && refused === password
  const lines = [
    { key: 'length', met: kept.length, text: t('rule.length', { count: rules.minimumLength }) },
    { key: 'classes', met: kept.classes, text: t('rule.classes', { count: rules.classes }) },
    { key: 'name', met: kept.name, text: t('rule.name') },
    ...(kept.long ? [] : [{ key: 'long', met: false, text: t('rule.long') }]),
    {
      key: 'history',
      met: isUsed ? false : undefined,
      text: t('rule.history', { count: rules.history }),
    },
  ]
  const isSound = Object.values(kept).every(Boolean) && !isUsed
  const needsCurrent =
    !send && (current === '' || (change.isError && errorCode(change.error) === 'password-wrong'))
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="password-form"
      onFinish={(typed) => change.mutate(typed)}
    >
      {change.isError && <SignInFailure error={change.error} />}
      <input type="text" hidden readOnly autoComplete="username" value={username} />
      {needsCurrent && (
        <Form.Item
          name="current"
          label={t('currentPassword')}
          rules={[{ required: true, message: t('currentPassword') }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
      )}
      <Form.Item
        name="password"
        label={t('newPassword')}
        rules={[{ validator: () => (isSound ? Promise.resolve() : Promise.reject(new Error(t('rules')))) }]}
        validateTrigger="onSubmit"
      >
        <Input.Password autoComplete="new-password" size="large" aria-describedby="password-rules" />
      </Form.Item>
      <div id="password-rules" className="password-rules">
        <span className="muted">{t('rules')}</span>
        <ul>
          {lines.map(({ key, met, text }) => (
            <li key={key} className={met === true ? 'met' : met === false && password ? 'broken' : ''}>
              {met === true ? <CheckOutlined aria-hidden /> : <MinusOutlined aria-hidden />}
              {text}
              {met !== undefined && (
                <span className="visually-hidden">{met ? t('ruleMet') : t('ruleNotMet')}</span>
              )}
            </li>
          ))}
        </ul>
      </div>
      <Form.Item
        name="again"
        label={t('repeatPassword')}
        dependencies={['password']}
        validateTrigger="onBlur"
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('passwordDiffers'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" size="large" />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={change.isPending}>
        {submit}
      </Button>
    </Form>
  )
}
