import { useMutation } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#contract/access/session.ts'
import { queryClient } from '#web/api/client.ts'
import { meQuery } from '#web/api/session.ts'
import { newBackupCodes } from '#web/api/sign-in.ts'
import { BackupCodes, Enrol, SignInFailure } from '../credentials/index.ts'

export function SecondFactorPanel({ me }: { me: Me }) {
  const { t } = useTranslation('me')
  const { message } = App.useApp()
  const [open, setOpen] = useState<'enrol' | 'codes'>()
  const isOn = me.secondFactor === 'on'
  const close = () => setOpen(undefined)
  return (
    <section className="panel" aria-labelledby="factor-title">
      <h2 id="factor-title">{t('factorTitle')}</h2>
      <p>{isOn ? t('factorOn') : t('factorOff')}</p>
      {isOn && <p className="muted">{t('factorLost')}</p>}
      {isOn ? (
        <Button onClick={() => setOpen('codes')}>{t('newCodes')}</Button>
      ) : (
        <Button onClick={() => setOpen('enrol')}>{t('factorSetUp')}</Button>
      )}
      <Modal
        open={open === 'enrol'}
        title={t('factorSetUp')}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        onCancel={close}
      >
        <Enrol
          password=""
          onDone={async () => {
            close()
            message.success(t('factorDone'))
            await queryClient.invalidateQueries(meQuery)
          }}
        />
      </Modal>
      <Modal
        open={open === 'codes'}
        title={t('newCodes')}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        onCancel={close}
      >
        <NewCodes />
      </Modal>
    </section>
  )
}

function NewCodes() {
  const { t } = useTranslation('me')
  const renew = useMutation({ mutationFn: newBackupCodes })
  if (renew.data) {
    return (
      <>
        <p>{t('newCodesDone')}</p>
        <BackupCodes codes={renew.data.backupCodes} />
      </>
    )
  }
  return (
    <Form layout="vertical" requiredMark={false} onFinish={({ password }) => renew.mutate(password)}>
      {renew.isError && <SignInFailure error={renew.error} />}
      <p>{t('newCodesEffect')}</p>
      <Form.Item
        name="password"
        label={t('currentPassword')}
        rules={[{ required: true, message: t('currentPassword') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={renew.isPending}>
        {t('newCodes')}
      </Button>
    </Form>
  )
}
