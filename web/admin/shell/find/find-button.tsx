import { SearchOutlined } from '@ant-design/icons'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#contract/access/session.ts'
import { withTexts } from '#web/locales/i18n.ts'
import { isTyping } from '#web/ui/keys/is-typing.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { findTexts } from './locales/index.ts'
import './find-button.css'

const loadDialog = () => withTexts([findTexts], import('./find-dialog.tsx'))
const FindDialog = lazyPart(loadDialog, 'FindDialog')

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
/** A list has a search of its own, which the same key leads to. */
const ownSearch = 'search input[type="search"]'
const somethingOver = 'dialog[open], .ant-modal-wrap, .ant-drawer-open'

/** Opens the one search of the head: by click, by Ctrl+K, and by / where the page has no search of its own. */
export function FindButton({ me }: { me: Me }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isChord = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey
      const isSlash =
        event.key === '/' &&
        !(event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) &&
        document.querySelector(ownSearch) === null
      if (event.defaultPrevented || !(isChord || isSlash) || document.querySelector(somethingOver)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button
        type="button"
        className="find-open no-print"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K"
        onPointerEnter={loadDialog}
        onFocus={loadDialog}
        onClick={() => setOpen(true)}
      >
        <SearchOutlined />
        <span className="find-open-text">{t('find')}</span>
        <kbd className="find-open-text">{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <Suspense fallback={null}>{open && <FindDialog me={me} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
