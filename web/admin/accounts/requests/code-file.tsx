import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HalfCode } from '#contract/access/accounts.ts'
import { toCsv } from '#web/ui/files/csv.ts'
import { saveFile } from '#web/ui/files/save-file.ts'

interface CodesProps {
  codes: readonly HalfCode[]
  half: 'first' | 'second'
}

/** Halves of many codes as one file, which can be saved only now. */
export function Codes({ codes, half, onSaved }: CodesProps & { onSaved(): void }) {
  const { t } = useTranslation('accounts')
  const save = () => {
    const rows = codes.map(({ username, name, code }) => [username, name, code])
    saveFile(
      t(`bulk.codesName.${half}`),
      toCsv([t('username'), t('person'), t(`code.${half}`)], rows),
      'text/csv',
    )
    onSaved()
  }
  return (
    <div role="status">
      <p className="account-effect">{t(`bulk.made.${half}`, { count: codes.length })}</p>
      <p>{t('bulk.codes')}</p>
      <Button type="primary" onClick={save}>
        {t('bulk.save')}
      </Button>
    </div>
  )
}

/** Leaving without the file is asked about: nobody can see these halves again. */
export function LeaveCodes({ onStay, onLeave }: { onStay(): void; onLeave(): void }) {
  const { t } = useTranslation('accounts')
  return (
    <Modal
      open
      title={t('bulk.save')}
      okText={t('bulk.backToSave')}
      cancelText={t('bulk.closeAnyway')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      onOk={onStay}
      onCancel={onLeave}
    >
      {t('bulk.saveFirst')}
    </Modal>
  )
}

export function CodeFile({ codes, half, onClose }: CodesProps & { onClose(): void }) {
  const { t } = useTranslation('accounts')
  const [isSaved, setSaved] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  return (
    <Modal
      open
      title={t(`code.${half}`)}
      mask={{ closable: false }}
      footer={null}
      onCancel={() => (isSaved ? onClose() : setLeaving(true))}
    >
      <Codes codes={codes} half={half} onSaved={() => setSaved(true)} />
      {isLeaving && <LeaveCodes onStay={() => setLeaving(false)} onLeave={onClose} />}
    </Modal>
  )
}
