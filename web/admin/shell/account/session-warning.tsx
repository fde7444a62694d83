import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

interface SessionWarningProps {
  seconds: number
  /** The session cannot be prolonged any more. */
  isLast: boolean
  onClose(): void
}

export function SessionWarning({ seconds, isLast, onClose }: SessionWarningProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('sessionEnd.title')}
      onCancel={onClose}
      mask={{ closable: false }}
      width={440}
      footer={
        <Button type="primary" size="large" onClick={onClose} autoFocus>
          {isLast ? t('sessionEnd.understood') : t('sessionEnd.stay')}
        </Button>
      }
    >
      <p role="timer">{t(isLast ? 'sessionEnd.last' : 'sessionEnd.idle', { seconds })}</p>
    </Modal>
  )
}
