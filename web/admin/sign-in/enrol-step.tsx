import { useTranslation } from 'react-i18next'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { Enrol } from '../credentials/index.ts'

/** The phone is set up before anything else can be seen. */
export function EnrolStep({ password, onDone }: { password: string; onDone(): void }) {
  const { t } = useTranslation('signIn')
  return (
    <>
      <PageHeader title={t('enrol.title')} />
      <p className="muted sign-in-lead">{t('enrol.lead')}</p>
      <Enrol password={password} onDone={onDone} />
    </>
  )
}
