import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import './bell.css'

/** How many notices are new; the page of the day says which. */
export const unreadKey = ['notices', 'unread'] as const
const everyMinutes = 2
const mostShown = 99

export function Bell() {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: unreadKey,
    queryFn: () => api.notices.unread(undefined, { context: { background: true } }),
    refetchInterval: everyMinutes * 60_000,
  })
  const unread = data?.unread ?? 0
  return (
    <Link to="/notices" className="bell no-print" aria-label={t('bell', { count: unread })}>
      <BellOutlined />
      {unread > 0 && (
        <span className="bell-count" aria-hidden="true">
          {unread > mostShown ? `${mostShown}+` : unread}
        </span>
      )}
    </Link>
  )
}
