import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../words/format.ts'
import './pager.css'

interface PagerProps {
  page: number
  total: number
  size: number
  onPage(page: number): void
}

/** The way through a long list; a list of one page has none. */
export function Pager({ page, total, size, onPage }: PagerProps) {
  const { t } = useTranslation()
  const pages = Math.max(1, Math.ceil(total / size))
  if (pages === 1) return null
  const where = t('pager.of', { page: formatCount(page), pages: formatCount(pages) })
  return (
    <nav className="pager-row no-print" aria-label={where}>
      <Button size="small" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t('pager.previous')}
      </Button>
      <span>{where}</span>
      <Button size="small" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {t('pager.next')}
      </Button>
    </nav>
  )
}
