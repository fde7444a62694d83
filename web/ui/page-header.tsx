import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Title of the page (and of the browser tab), with what one can do on it to the right. */
export function PageHeader({
  title,
  note,
  children,
}: {
  title: string
  note?: ReactNode
  children?: ReactNode
}) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  return (
    <div className="page-header">
      <h1>{title}</h1>
      {note && <span className="muted">{note}</span>}
      {children && <div className="actions no-print">{children}</div>}
    </div>
  )
}
