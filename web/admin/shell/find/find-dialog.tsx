import { SearchOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#contract/access/session.ts'
import { api } from '#web/api/client.ts'
import { asLanguage } from '#web/locales/language.ts'
import { ErrorState } from '#web/ui/page/states.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { entriesOf } from '../menu.ts'
import { type Group, groupsOf, pagesNamed } from './items.ts'
import './find-dialog.css'

/** While one types; a pause of so long is the end of a word. */
const pauseMs = 200

/** One field, what it finds in groups; the arrows move, Enter goes there, Escape closes. */
export function FindDialog({ me, onClose }: { me: Me; onClose(): void }) {
  const { t } = useTranslation('find')
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const [isWanted, setWanted] = useState(false)
  const { groups, query, isOld } = useFound(me, typed)
  const lines = groups.flatMap(({ items, all }) => [
    ...items.map(({ href }) => href),
    ...(all ? [all.href] : []),
  ])
  const id = useId()
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  const go = (href: string | undefined) => {
    setWanted(false)
    if (href === undefined) return
    onClose()
    router.history.push(href)
  }
  // Pages are known at once.
  const isPage = groups[0]?.name === 'pages' && chosen < groups[0].items.length
  useEffect(() => {
    if (isWanted && !isOld) go(lines[chosen])
  })
  const move = (to: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, to))
    setChosen(next)
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter may end a word of the input method, or press another button.
    if (event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return
    if (event.key === 'ArrowDown') move(chosen + 1)
    else if (event.key === 'ArrowUp') move(chosen - 1)
    else if (event.key === 'Enter') {
      // Pressed before the answer is there, it leads to what the answer begins with.
      if (isOld && !isPage) setWanted(true)
      else go(lines[chosen])
    } else return
    event.preventDefault()
  }
  const isNothing = typed.trim() !== '' && !isOld && query.isSuccess && lines.length === 0
  return (
    <dialog
      ref={dialog}
      className="find"
      aria-label={t('title')}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={onKeyDown}
    >
      <div className="find-field">
        <SearchOutlined />
        <input
          type="text"
          role="combobox"
          aria-expanded={lines.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={lines.length > 0 ? `${id}-${chosen}` : undefined}
          aria-label={t('title')}
          placeholder={t('placeholder')}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setChosen(0)
            setWanted(false)
          }}
        />
        <button type="button" className="find-close" onClick={onClose}>
          Esc
          <span className="visually-hidden">{t('close')}</span>
        </button>
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t('found')} className="find-list" aria-busy={isOld}>
        <Lines {...{ groups, id, chosen, go }} onPoint={setChosen} />
      </div>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      <p className="find-note muted" role="status">
        {typed.trim() === ''
          ? t('hint')
          : isNothing
            ? t('nothing', { q: typed.trim() })
            : isOld
              ? t('looking')
              : ''}
      </p>
    </dialog>
  )
}

interface LinesProps {
  groups: readonly Group[]
  id: string
  chosen: number
  go(href: string): void
  onPoint(at: number): void
}

function Lines({ groups, id, chosen, go, onPoint }: LinesProps) {
  const { t } = useTranslation('find')
  let at = -1
  const line = (href: string) => {
    at += 1
    const own = at
    return {
      id: `${id}-${own}`,
      role: 'option',
      'aria-selected': own === chosen,
      className: own === chosen ? 'find-line chosen' : 'find-line',
      onClick: () => go(href),
      onPointerMove: () => own !== chosen && onPoint(own),
    } as const
  }
  return groups.map(({ name, items, all }) => (
    <fieldset key={name} className="find-group">
      <legend>{t(`group.${name}`)}</legend>
      {items.map(({ key, href, title, note, level }) => (
        <div key={key} {...line(href)}>
          {level && <RiskMark risk={level} text={false} />}
          <span className="find-title">{title}</span>
          {note && <span className="find-note-of muted">{note}</span>}
        </div>
      ))}
      {all && (
        <div {...line(all.href)}>
          <span className="find-all">
            {all.total === null ? t('allUncounted') : t('all', { count: all.total })} →
          </span>
        </div>
      )}
    </fieldset>
  ))
}

/** What is found for what was typed, a moment after the last letter; what was found before stays until then. */
function useFound(me: Me, typed: string) {
  const { t, i18n } = useTranslation('find')
  const common = useTranslation().t
  const text = useText()
  const now = useDeferredValue(typed.trim())
  const [q, setQ] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQ(now), pauseMs)
    return () => clearTimeout(timer)
  }, [now])
  const query = useQuery({
    queryKey: ['find', q],
    queryFn: () => api.search.find({ q }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const isOld =
    typed.trim() !== q || query.isPlaceholderData || (q !== '' && query.isPending && !query.isError)
  if (typed.trim() === '') return { groups: [], query, isOld: false }
  const pages = pagesNamed(entriesOf(me.role), typed.trim(), asLanguage(i18n.language))
  const answered =
    query.data && q !== ''
      ? groupsOf(query.data, q, me.role, {
          text,
          cause: (cause) => common(`cause.${cause}`),
          caseKind: (kind) => t(`caseKind.${kind}`),
        })
      : []
  return { groups: pages.items.length > 0 ? [pages, ...answered] : answered, query, isOld }
}
