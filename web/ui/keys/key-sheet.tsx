import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isTyping } from './is-typing.ts'
import './key-sheet.css'

export interface KeyHelp {
  keys: readonly string[]
  text: string
}

/** The keys of a page; the question mark opens them, as on any page that has keys. */
export function KeySheet({ keys }: { keys: readonly KeyHelp[] }) {
  const { t } = useTranslation()
  const sheet = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.defaultPrevented || isTyping(event.target)) return
      event.preventDefault()
      if (sheet.current?.open) sheet.current.close()
      else if (!document.querySelector('.ant-modal-wrap')) sheet.current?.showModal()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button
        type="button"
        className="key-sheet-open no-print hide-narrow"
        onClick={() => sheet.current?.showModal()}
      >
        <kbd>?</kbd> {t('keySheet')}
      </button>
      <dialog ref={sheet} className="key-sheet" aria-labelledby={id}>
        <h2 id={id}>{t('keySheet')}</h2>
        <dl>
          {[...keys, { keys: ['?'], text: t('keySheetSelf') }].map((one) => (
            <div key={one.text} className="key-line">
              <dt>
                {one.keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{one.text}</dd>
            </div>
          ))}
        </dl>
        <button type="button" className="act-link" onClick={() => sheet.current?.close()}>
          {t('close')}
        </button>
      </dialog>
    </>
  )
}
