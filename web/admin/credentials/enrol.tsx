import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input, QRCode } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Enrolment, enrol, verifyCode } from '#web/api/sign-in.ts'
import { CopyButton } from '#web/ui/files/copy-button.tsx'
import { SkeletonRows } from '#web/ui/page/states.tsx'
import { BackupCodes } from './backup-codes.tsx'
import { CodeInput } from './code-input.tsx'
import { SignInFailure } from './failure.tsx'
import './enrol.css'

interface EnrolProps {
  /** As just typed; required when empty. */
  password: string
  onDone(): void
}

/** Sets up the second factor: scan, save the backup codes, confirm with a code. */
export function Enrol({ password, onDone }: EnrolProps) {
  const begin = useMutation({ mutationFn: enrol })
  const begun = useRef(false)
  const { mutate } = begin
  useEffect(() => {
    // Once only: each beginning makes a new key, and the one on the phone has to be the last.
    if (password === '' || begun.current) return
    begun.current = true
    mutate(password)
  }, [password, mutate])
  if (begin.data) return <Steps enrolment={begin.data} onDone={onDone} />
  if (begin.isPending) return <SkeletonRows rows={8} />
  return <PasswordForm error={begin.error} onTyped={(typed) => mutate(typed)} />
}

function PasswordForm({ error, onTyped }: { error: unknown; onTyped(password: string): void }) {
  const { t } = useTranslation('signIn')
  return (
    <Form layout="vertical" requiredMark={false} onFinish={({ password }) => onTyped(password)}>
      {error !== null && <SignInFailure error={error} />}
      <p>{t('enrol.confirmPassword')}</p>
      <Form.Item
        name="password"
        label={t('password')}
        rules={[{ required: true, message: t('enterPassword') }]}
      >
        <Input.Password autoComplete="current-password" size="large" autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block>
        {t('enrol.begin')}
      </Button>
    </Form>
  )
}

function Steps({ enrolment, onDone }: { enrolment: Enrolment; onDone(): void }) {
  const { t } = useTranslation('signIn')
  const [isSaved, setSaved] = useState(false)
  const [missing, setMissing] = useState<'saved' | 'code'>()
  const [code, setCode] = useState('')
  const verify = useMutation({
    mutationFn: () => verifyCode(code),
    onSuccess: onDone,
    onError: () => setCode(''),
  })
  const secret = new URL(enrolment.totpURI).searchParams.get('secret') ?? ''
  const submit = () => {
    const lack = !isSaved ? 'saved' : code.length === 6 ? undefined : 'code'
    setMissing(lack)
    if (!lack) verify.mutate()
  }
  return (
    <ol className="enrol">
      <li className="no-print">
        <h2>{t('enrol.scanTitle')}</h2>
        <p>{t('enrol.scan')}</p>
        <div className="enrol-scan">
          <div role="img" aria-label={t('enrol.qr')}>
            <div aria-hidden="true">
              <QRCode
                type="svg"
                value={enrolment.totpURI}
                size={176}
                errorLevel="M"
                color="#000"
                bgColor="#fff"
              />
            </div>
          </div>
          <div>
            <p>{t('enrol.secret')}</p>
            <code className="enrol-secret">{secret.match(/.{1,4}/g)?.join(' ')}</code>
            <CopyButton size="small" text={secret} />
          </div>
        </div>
      </li>
      <li>
        <h2>{t('enrol.saveTitle')}</h2>
        <p>{t('enrol.save')}</p>
        <BackupCodes codes={enrolment.backupCodes} />
        <Checkbox
          className="enrol-saved no-print"
          checked={isSaved}
          onChange={(event) => {
            setSaved(event.target.checked)
            setMissing(undefined)
          }}
        >
          {t('enrol.saved')}
        </Checkbox>
        {missing === 'saved' && (
          <p className="enrol-missing" role="alert">
            {t('enrol.saveFirst')}
          </p>
        )}
      </li>
      <li className="no-print">
        <h2>{t('enrol.confirmTitle')}</h2>
        {verify.isError && <SignInFailure error={verify.error} />}
        <Form layout="vertical" onFinish={submit}>
          <Form.Item
            label={t('enrol.confirm')}
            htmlFor="enrol-code"
            {...(missing === 'code' ? { validateStatus: 'error', help: t('code.enterCode') } : {})}
          >
            <CodeInput id="enrol-code" value={code} onChange={setCode} />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" loading={verify.isPending} block>
            {t('enrol.submit')}
          </Button>
        </Form>
      </li>
    </ol>
  )
}
