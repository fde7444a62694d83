import { EllipsisOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may } from '#contract/access/capabilities.ts'
import type { Me } from '#contract/access/session.ts'
import { asLanguage } from '#web/locales/language.ts'
import { useRolesWith } from '#web/ui/may/use-roles.ts'
import { useNarrow } from '#web/ui/page/use-narrow.ts'
import { type Entry, entries } from './menu.ts'

/** As many as a thumb tells apart on a telephone; the others wait behind the last button. */
const atTheThumb = 4

export function Navigation({ me }: { me: Me }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const allowed = entries.filter(({ capability }) => may(me.role, capability))
  // A household looks at its own record and nothing else; a menu of what others do would only confuse.
  const shown =
    me.role === 'household' ? allowed : entries.filter((entry) => !entry.quiet || allowed.includes(entry))
  const first = narrow ? allowed.slice(0, atTheThumb) : shown
  const rest = narrow ? shown.filter((entry) => !first.includes(entry)) : []
  return (
    <nav className="shell-nav" aria-label={t('menu')}>
      <ul className="nav-list">
        {first.map((entry, i) => (
          <Item
            key={keyOf(entry)}
            entry={entry}
            me={me}
            begins={!narrow && i > 0 && entry.group !== first[i - 1]?.group}
          />
        ))}
        {rest.length > 0 && <More entries={rest} me={me} />}
      </ul>
    </nav>
  )
}

/** Two entries may lead to one page, each for those who may do another thing there. */
const keyOf = ({ to, capability }: Entry) => `${to} ${capability}`

function More({ entries: rest, me }: { entries: readonly Entry[]; me: Me }) {
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
        {rest.map((entry) => (
          <Item key={keyOf(entry)} entry={entry} me={me} />
        ))}
      </ul>
    </li>
  )
}

interface ItemProps {
  entry: Entry
  me: Me
  /** The first of a group that is not the first. */
  begins?: boolean
}

function Item({ entry, me, begins = false }: ItemProps) {
  const { t, i18n } = useTranslation()
  const rolesWith = useRolesWith()
  const id = useId()
  const itemClass = begins ? 'nav-group' : undefined
  const name = (
    <>
      {entry.icon}
      {entry.name[asLanguage(i18n.language)]}
    </>
  )
  if (may(me.role, entry.capability)) {
    return (
      <li className={itemClass}>
        <Link
          to={entry.to}
          className="nav-item"
          activeProps={{ className: 'active' }}
          activeOptions={{ exact: false, includeSearch: false }}
        >
          {name}
          {entry.Badge && <entry.Badge />}
        </Link>
      </li>
    )
  }
  const reason = t('may.onlySee', { roles: rolesWith(entry.capability) })
  return (
    <li className={itemClass}>
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
