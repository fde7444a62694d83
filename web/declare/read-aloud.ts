import { readAloud, stopReading } from '#web/ui/read-aloud/local-voice.ts'
import { h } from './dom.ts'
import { currentLanguage, texts } from './texts.ts'

/** Reads the page by the device alone; where the device has no voice, it says so. */
export function readAloudButton(): HTMLElement {
  const t = texts().readAloud
  let isReading = false
  const note = h('span', { role: 'status' })
  const button = h('button', { type: 'button', class: 'link', click: () => void press() }, t.start)
  const show = (reading: boolean) => {
    isReading = reading
    button.textContent = reading ? t.stop : t.start
  }
  async function press() {
    if (isReading) {
      stopReading()
      show(false)
      return
    }
    show(true)
    const words = document.querySelector<HTMLElement>('[data-read]')?.innerText ?? ''
    if (await readAloud(words, currentLanguage(), () => show(false))) return
    show(false)
    note.textContent = t.unable
  }
  return h('div', { class: 'read-aloud' }, button, note)
}
