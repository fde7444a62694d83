import { h } from './dom.ts'
import { fill, texts } from './texts.ts'

/** What stands wrong on a page, by the field it belongs to. */
export type Wrongs = ReadonlyMap<string, string>

interface TextField {
  id: string
  label: string
  hint: string
  value: string
  wrongs: Wrongs
  input: (value: string) => void
  attributes?: Record<string, string | number>
  after?: HTMLElement
  rows?: number
}

export function textField({
  id,
  label,
  hint,
  value,
  wrongs,
  input,
  attributes = {},
  after,
  rows,
}: TextField): HTMLElement {
  const wrong = wrongs.get(id)
  const described = [`${id}-hint`, wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ')
  const shared = {
    ...{ id, autocomplete: 'off', 'aria-describedby': described, 'aria-invalid': wrong ? 'true' : undefined },
    ...attributes,
    input: ({ target }: Event) => input((target as HTMLInputElement).value),
  }
  const control = rows ? h('textarea', { ...shared, rows }) : h('input', { type: 'text', ...shared })
  control.value = value
  return h(
    'div',
    { class: wrong ? 'field wrong' : 'field' },
    h('label', { for: id }, label),
    h('p', { id: `${id}-hint`, class: 'hint' }, hint),
    wrong && h('p', { id: `${id}-wrong`, class: 'wrong-text' }, wrong),
    control,
    after,
  )
}

/** Says how much is to be mended and leads there; it takes the focus, so that it is read aloud. */
export function wrongSummary(wrongs: Wrongs): HTMLElement | null {
  if (wrongs.size === 0) return null
  const lines = [...wrongs].map(([id, text]) =>
    h('li', {}, h('button', { type: 'button', class: 'link', click: () => focusOn(id) }, text)),
  )
  return h(
    'div',
    { class: 'summary-wrong', role: 'alert', tabindex: -1, 'data-focus': '' },
    h('h2', {}, fill(texts().required, { count: wrongs.size })),
    h('ul', {}, ...lines),
  )
}

function focusOn(id: string) {
  const field = document.getElementById(id) ?? document.querySelector<HTMLElement>(`input[name="${id}"]`)
  field?.focus()
  field?.scrollIntoView({ block: 'center' })
}
