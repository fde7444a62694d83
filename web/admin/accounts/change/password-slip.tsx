import { Button, Modal, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InitialPassword } from '#contract/access/accounts.ts'
import { CopyButton } from '#web/ui/files/copy-button.tsx'

interface PasswordSlipProps {
  made: InitialPassword
  name: string
  onClose(): void
}

/** Shown once; printing shows the slip alone. */
export function PasswordSlip({ made, name, onClose }: PasswordSlipProps) {
  const { t } = useTranslation('accounts')
  return (
    <Modal
      open
      title={t('password.title')}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      rootClassName="slip-modal"
      footer={
        <Button type="primary" className="no-print" onClick={onClose}>
          {t('password.close')}
        </Button>
      }
    >
      <p className="no-print">{t('password.once')}</p>
      <div className="slip">
        <h2>{t('password.slipTitle')}</h2>
        <dl className="account-facts">
          <dt>{t('person')}</dt>
          <dd>{name}</dd>
          <dt>{t('username')}</dt>
          <dd>
            <code>{made.username}</code>
          </dd>
          <dt>{t('password.title')}</dt>
          <dd>
            <code className="one-time">{made.password}</code>
          </dd>
          <dt>{t('password.address')}</dt>
          <dd>{location.origin}</dd>
        </dl>
        <p className="muted">{t('password.slipNote')}</p>
      </div>
      <Space className="no-print" wrap>
        <CopyButton text={made.password}>{t('password.copy')}</CopyButton>
        <Button onClick={() => window.print()}>{t('password.slip')}</Button>
      </Space>
    </Modal>
  )
}
