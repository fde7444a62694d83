import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

interface PageHeaderProps {
  title: string
  note?: ReactNode
  /** The note is about what was requested before, and is not shown until the answer is there. */
  isNoteStale?: boolean
  /** The way that led here, above the title. */
  path?: ReactNode
  /** What one can do on the page, to the right. */
  children?: ReactNode
}

/** Title of the page and of the browser tab. */
export function PageHeader({ title, note, isNoteStale = false, path, children }: PageHeaderProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  return (
    <div className="page-header">
      {path && <div className="page-path">{path}</div>}
      <h1>{title}</h1>
      {note && (
        <span className="muted" aria-busy={isNoteStale}>
          {note}
        </span>
      )}
      {children && <div className="actions no-print">{children}</div>}
    </div>
  )
}
