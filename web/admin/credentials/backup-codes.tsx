import { Button, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '#web/ui/files/copy-button.tsx'
import { saveFile } from '#web/ui/files/save-file.ts'
import './credentials.css'

/** Shown once: to print, to save or to copy. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation('signIn')
  const common = useTranslation().t
  const text = `${t('enrol.fileHead')}\r\n\r\n${codes.join('\r\n')}\r\n`
  return (
    <div className="printable">
      <ul className="backup-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Space className="no-print" wrap>
        <Button onClick={() => saveFile(`${t('enrol.fileName')}.txt`, text)}>{t('enrol.saveFile')}</Button>
        <Button onClick={() => window.print()}>{common('print')}</Button>
        <CopyButton text={codes.join('\n')} />
      </Space>
    </div>
  )
}
