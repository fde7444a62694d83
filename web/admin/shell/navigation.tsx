import { EllipsisOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#contract/access/session.ts'
import { asLanguage } from '#web/locales/language.ts'
import { useNarrow } from '#web/ui/page/use-narrow.ts'
import { type Entry, entriesOf } from './menu.ts'

/** As many as a thumb tells apart on a telephone; the others wait behind the last button. */
const atTheThumb = 4

export function Navigation({ me }: { me: Me }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const shown = entriesOf(me.role)
  const first = narrow ? shown.slice(0, atTheThumb) : shown
  const rest = narrow ? shown.filter((entry) => !first.includes(entry)) : []
  return (
    <nav className="shell-nav" aria-label={t('menu')}>
      <ul className="nav-list">
        {first.map((entry, i) => (
          <Item
            key={keyOf(entry)}
            entry={entry}
            begins={!narrow && i > 0 && entry.group !== first[i - 1]?.group}
          />
        ))}
        {rest.length > 0 && <More entries={rest} />}
      </ul>
    </nav>
  )
}

/** Two entries may lead to one page, each for those who may do another thing there. */
const keyOf = ({ to, capability }: Entry) => `${to} ${capability}`

function More({ entries: rest }: { entries: readonly Entry[] }) {
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
          <Item key={keyOf(entry)} entry={entry} />
        ))}
      </ul>
    </li>
  )
}

interface ItemProps {
  entry: Entry
  /** The first of a group that is not the first. */
  begins?: boolean
}

function Item({ entry, begins = false }: ItemProps) {
  const { i18n } = useTranslation()
  return (
    <li className={begins ? 'nav-group' : undefined}>
      <Link
        to={entry.to}
        className="nav-item"
        activeProps={{ className: 'active' }}
        activeOptions={{ exact: false, includeSearch: false }}
      >
        {entry.icon}
        {entry.name[asLanguage(i18n.language)]}
        {entry.Badge && <entry.Badge />}
      </Link>
    </li>
  )
}
