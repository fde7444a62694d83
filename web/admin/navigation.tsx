import { EllipsisOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may } from '#contract/access/capabilities.ts'
import type { Me } from '#contract/access/session.ts'
import { api } from '#web/api/client.ts'
import { formatCount } from '#web/ui/format.ts'
import { useNarrow } from '#web/ui/use-narrow.ts'
import { useRolesWith } from '#web/ui/use-roles.ts'
import { pages } from './pages.tsx'

type Page = (typeof pages)[number]
/** As many as a thumb tells apart on a telephone; the others wait behind the last button. */
const atTheThumb = 4

export function Navigation({ me }: { me: Me }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const allowed = pages.filter((page) => may(me.role, page.capability))
  // A household looks at its own record and nothing else; a menu of what others do would only confuse.
  const shown: readonly Page[] =
    me.role === 'household' ? allowed : pages.filter((page) => !('quiet' in page) || allowed.includes(page))
  const first = narrow ? allowed.slice(0, atTheThumb) : shown
  const rest = narrow ? shown.filter((page) => !first.includes(page)) : []
  return (
    <nav className="shell-nav" aria-label={t('menu')}>
      <ul className="nav-list">
        {first.map((page) => (
          <Entry key={page.key} page={page} me={me} />
        ))}
        {rest.length > 0 && <More pages={rest} me={me} />}
      </ul>
    </nav>
  )
}

function More({ pages: rest, me }: { pages: readonly Page[]; me: Me }) {
  const { t } = useTranslation()
  const path = useLocation({ select: ({ pathname }) => pathname })
  // Open on one page only: going somewhere closes it.
  const [openOn, setOpenOn] = useState<string>()
  const open = openOn === path
  const id = useId()
  return (
    <li>
      <button
        type="button"
        className="nav-item nav-more"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpenOn(open ? undefined : path)}
        onKeyDown={(event) => event.key === 'Escape' && setOpenOn(undefined)}
      >
        <EllipsisOutlined />
        {t('nav.more')}
      </button>
      <ul id={id} className="nav-sheet" hidden={!open}>
        {rest.map((page) => (
          <Entry key={page.key} page={page} me={me} />
        ))}
      </ul>
    </li>
  )
}

function Entry({ page, me }: { page: Page; me: Me }) {
  const { t } = useTranslation()
  const rolesWith = useRolesWith()
  const id = useId()
  const name = (
    <>
      {page.icon}
      {t(`nav.${page.key}`)}
    </>
  )
  if (may(me.role, page.capability)) {
    return (
      <li>
        <Link
          to={page.to}
          className="nav-item"
          activeProps={{ className: 'active' }}
          activeOptions={{ exact: false, includeSearch: false }}
        >
          {name}
          {page.key === 'workbench' && <DueBadge />}
        </Link>
      </li>
    )
  }
  const reason = t('may.onlySee', { roles: rolesWith(page.capability) })
  return (
    <li>
      <Tooltip title={reason} trigger={['hover', 'focus', 'click']} placement="right">
        <button type="button" className="nav-item disabled" aria-disabled="true" aria-describedby={id}>
          {name}
        </button>
      </Tooltip>
      <span id={id} className="visually-hidden">
        {reason}
      </span>
    </li>
  )
}

export const reminderKey = ['reminder'] as const
const everyMinutes = 5

/** What is overdue or due today, asked anew while the page is open. */
function DueBadge() {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: reminderKey,
    queryFn: () => api.workbench.reminder(undefined, { context: { background: true } }),
    refetchInterval: everyMinutes * 60_000,
  })
  const due = data ? data.overdue + data.today : 0
  if (due === 0) return null
  return (
    <span className="nav-badge">
      <span aria-hidden="true">{due > 999 ? '999+' : formatCount(due)}</span>
      <span className="visually-hidden">{t('nav.workbenchDue', { count: due })}</span>
    </span>
  )
}
