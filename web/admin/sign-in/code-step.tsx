import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#web/api/client.ts'
import { verifyBackupCode, verifyCode } from '#web/api/sign-in.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { CodeInput, SignInFailure } from '../credentials/index.ts'
import { DemoCode } from './demo-code.tsx'

interface CodeStepProps {
  /** As typed in the first step; empty when unknown. */
  username: string
  onDone(): void
  onRestart(): void
}

/** The second step: the code of the phone, or one of the backup codes. */
export function CodeStep({ username, onDone, onRestart }: CodeStepProps) {
  const { t } = useTranslation('signIn')
  const [backup, setBackup] = useState(false)
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const verify = useMutation({
    mutationFn: (typed: string) => (backup ? verifyBackupCode(typed) : verifyCode(typed)),
    onSuccess: onDone,
    onError: () => setCode(''),
  })
  const submit = (typed: string) => {
    const isComplete = backup ? typed.trim() !== '' : /^\d{6}$/.test(typed)
    setMissing(!isComplete)
    if (isComplete && !verify.isPending) verify.mutate(typed.trim())
  }
  const change = (typed: string) => {
    setCode(typed)
    setMissing(false)
    // Nothing is left to decide once six digits stand there.
    if (!backup && typed.length === 6) submit(typed)
  }
  const swap = () => {
    setBackup(!backup)
    setCode('')
    setMissing(false)
    verify.reset()
  }
  return (
    <>
      <PageHeader title={backup ? t('code.backupTitle') : t('code.title')} />
      <p className="muted sign-in-lead">{backup ? t('code.backupLead') : t('code.lead')}</p>
      {verify.isError && <SignInFailure error={verify.error} />}
      {verify.isError && errorCode(verify.error) === 'challenge-ended' ? (
        <Button type="primary" size="large" block onClick={onRestart}>
          {t('submit')}
        </Button>
      ) : (
        <Form layout="vertical" onFinish={() => submit(code)}>
          <Form.Item
            label={backup ? t('code.backupLabel') : t('code.label')}
            htmlFor="sign-in-code"
            extra={backup ? t('code.backupHint') : t('code.hint')}
            {...(missing
              ? { validateStatus: 'error', help: t(backup ? 'code.enterBackup' : 'code.enterCode') }
              : {})}
          >
            {backup ? (
              <Input
                key="backup"
                id="sign-in-code"
                size="large"
                autoFocus
                autoComplete="off"
                value={code}
                onChange={(event) => change(event.target.value)}
              />
            ) : (
              <CodeInput key="code" id="sign-in-code" value={code} onChange={change} autoFocus />
            )}
          </Form.Item>
          {!backup && <DemoCode username={username} onUse={change} />}
          <Button type="primary" htmlType="submit" size="large" block loading={verify.isPending}>
            {t('code.submit')}
          </Button>
        </Form>
      )}
      <div className="sign-in-other">
        <Button type="link" onClick={swap}>
          {backup ? t('code.useCode') : t('code.useBackup')}
        </Button>
        <Button type="link" onClick={onRestart}>
          {t('code.restart')}
        </Button>
      </div>
    </>
  )
}
