import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { errorCode, errorDetails } from '#web/api/client.ts'
import { formatBytes } from '#web/ui/words/format.ts'
import { UploadError } from './upload/upload-file.ts'

export interface Problem {
  code: string
  details: Record<string, unknown>
}

export function problemOf(error: unknown): Problem {
  if (error instanceof UploadError) return { code: error.code, details: error.details }
  return { code: errorCode(error), details: errorDetails(error) }
}

/** A column by its key, or a doubtful one by the header it bears. */
function headerOf(column: unknown): string {
  return typeof column === 'object' && column !== null && 'header' in column
    ? String(column.header)
    : String(column)
}

/** What a statement contradicts, with its cell. */
function otherOf(other: unknown): string {
  if (typeof other !== 'object' || other === null || !('text' in other)) return ''
  const cell = 'cell' in other && typeof other.cell === 'string' ? `${other.cell}: ` : ''
  return `${cell}${String(other.text)}`
}

interface ProblemBoxProps {
  title: string
  problem: Problem
  /** Column key → the name people know it by. */
  nameColumn?: (key: string) => string
  onRetry?: () => void
}

/** What happened, what it means, what to do; the code only where people can do nothing but pass it on. */
export function ProblemBox({ title, problem, nameColumn = (key) => key, onRetry }: ProblemBoxProps) {
  const { t, i18n } = useTranslation('intake')
  const { code, details } = problem
  const known = (key: unknown) => typeof key === 'string' && i18n.exists(`intake:errors.${key}.what`)
  const key = (code === 'file-unreadable' && known(details.reason) && details.reason) || code
  const text = known(key) ? (key as 'internal') : 'internal'
  const kind = `intake:looksLike.${details.looksLike}`
  const values = {
    row: String(details.row ?? ''),
    text: String(details.text ?? ''),
    place: typeof details.cell === 'string' ? details.cell : t('amounts.inName'),
    other: otherOf(details.other),
    sheet: String(details.sheet ?? ''),
    looksLike: i18n.exists(kind) ? i18n.t(kind as 'intake:looksLike.other') : t('looksLike.other'),
    limit: typeof details.maxBytes === 'number' ? formatBytes(details.maxBytes) : '',
    columns: Array.isArray(details.columns) ? details.columns.map(headerOf).map(nameColumn).join(', ') : '',
    sheets: ['same', 'differing', 'hidden', 'headless']
      .flatMap((part) => (Array.isArray(details[part]) ? details[part] : []))
      .join('、'),
  }
  return (
    <div className="problem" role="alert">
      <h2>{title}</h2>
      <dl>
        <dt>{t('problem.what')}</dt>
        <dd>{t(`errors.${text}.what`, values)}</dd>
        <dt>{t('problem.means')}</dt>
        <dd>{t(`errors.${text}.means`, values)}</dd>
        <dt>{t('problem.todo')}</dt>
        <dd>{t(`errors.${text}.todo`, values)}</dd>
      </dl>
      {(text === 'internal' || text === 'key-wrong' || text === 'file-damaged') && (
        <p className="muted">{t('problem.code', { code })}</p>
      )}
      {onRetry && (
        <Button onClick={onRetry} className="problem-retry">
          {i18n.t('retry')}
        </Button>
      )}
    </div>
  )
}
