import { Button, Modal, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import type { HalfCode } from '#contract/access/accounts.ts'
import { CopyButton } from '#web/ui/files/copy-button.tsx'

interface CodeSlipProps {
  made: HalfCode
  /** Whose half it is: the requester's or the second person's. */
  half: 'first' | 'second'
  onClose(): void
}

/** Shown once; printing shows the slip alone. */
export function CodeSlip({ made: { username, name, code }, half, onClose }: CodeSlipProps) {
  const { t } = useTranslation('accounts')
  return (
    <Modal
      open
      title={t(`code.${half}`)}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      rootClassName="slip-modal"
      footer={
        <Button type="primary" className="no-print" onClick={onClose}>
          {t('code.close')}
        </Button>
      }
    >
      <p className="no-print">{t(`code.once.${half}`)}</p>
      <div className="slip">
        <h2>{t('code.slipTitle')}</h2>
        <dl className="account-facts">
          <dt>{t('person')}</dt>
          <dd>{name}</dd>
          <dt>{t('username')}</dt>
          <dd>
            <code>{username}</code>
          </dd>
          <dt>{t(`code.${half}`)}</dt>
          <dd>
            <code className="one-time">{code}</code>
          </dd>
          <dt>{t('code.address')}</dt>
          <dd>{`${location.origin}/sign-in?step=choose`}</dd>
        </dl>
        <p className="muted">{t('code.slipNote')}</p>
      </div>
      <Space className="no-print" wrap>
        <CopyButton text={code}>{t('code.copy')}</CopyButton>
        <Button onClick={() => window.print()}>{t('code.slip')}</Button>
      </Space>
    </Modal>
  )
}
