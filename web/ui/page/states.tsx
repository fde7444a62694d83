import { Link, useLocation } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#web/api/client.ts'

/** Says what would fill the page. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state-box">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

/** The translated text of a failure: what happened, what it means, what to do. */
export function useErrorText(): (error: unknown) => { what: string; means: string; todo: string } {
  const { t, i18n } = useTranslation()
  return (error) => {
    const code = errorCode(error)
    const known = i18n.exists(`error.${code}.what`) ? (code as 'fallback') : 'fallback'
    return {
      what: t(`error.${known}.what`),
      means: t(`error.${known}.means`),
      todo: t(`error.${known}.todo`),
    }
  }
}

/** Failures that the sign-in page resolves: it requests whatever is missing. */
const signInAgain = new Set(['not-signed-in', 'second-factor-required', 'password-change-required'])

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
  /** It stands for the whole page, so its first line is the page's title. */
  asPage?: boolean
}

export function ErrorState({ error, onRetry, asPage = false }: ErrorStateProps) {
  const { t } = useTranslation()
  const text = useErrorText()(error)
  const next = useLocation({ select: ({ href }) => href })
  return (
    <div className="error-box" role="alert">
      {asPage ? <h1>{text.what}</h1> : <h2>{text.what}</h2>}
      <p>{text.means}</p>
      <p>{text.todo}</p>
      {signInAgain.has(errorCode(error)) ? (
        <Link to="/sign-in" search={{ next }} className="error-action">
          {t('signIn')}
        </Link>
      ) : (
        onRetry && (
          <Button size="small" style={{ marginTop: 8 }} onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      )}
    </div>
  )
}

/** Grey bars in the place of what is coming; nothing blinks. */
export function SkeletonRows({ rows = 6, height = 20 }: { rows?: number; height?: number }) {
  const { t } = useTranslation()
  return (
    <output aria-label={t('loading')} style={{ display: 'grid', gap: 12 }}>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key, row) => (
        <div key={key} className="skeleton" style={{ height, width: `${100 - (row % 3) * 12}%` }} />
      ))}
    </output>
  )
}
