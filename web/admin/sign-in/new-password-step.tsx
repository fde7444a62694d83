import { useTranslation } from 'react-i18next'
import type { Me, PasswordRules } from '#contract/access/session.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { PasswordForm } from '../credentials/index.ts'

interface NewPasswordStepProps {
  me: Me
  rules: PasswordRules
  /** As just typed, so that it need not be typed again; empty when unknown. */
  password: string
  onDone(password: string): void
}

export function NewPasswordStep({ me, rules, password, onDone }: NewPasswordStepProps) {
  const { t } = useTranslation('signIn')
  return (
    <>
      <PageHeader title={t('newPassword.title')} />
      <p className="muted sign-in-lead">{t('newPassword.lead')}</p>
      <PasswordForm
        username={me.username}
        rules={rules}
        current={password}
        submit={t('newPassword.submit')}
        onDone={onDone}
      />
    </>
  )
}
