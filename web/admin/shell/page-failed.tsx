import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

/** Instead of a page that did not load or broke; the menu around it stays. */
export function PageFailed() {
  const { t } = useTranslation()
  return (
    <div className="error-box" role="alert">
      <h1>{t('error.page.what')}</h1>
      <p>{t('error.page.means')}</p>
      <p>{t('error.page.todo')}</p>
      <Button style={{ marginTop: 8 }} onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </div>
  )
}

export function NoSuchPage() {
  const { t } = useTranslation()
  return (
    <div className="state-box">
      <h1>{t('error.no-such-page.what')}</h1>
      <p>{t('error.no-such-page.means')}</p>
      <p>{t('error.no-such-page.todo')}</p>
      <Link to="/">{t('home')}</Link>
    </div>
  )
}
