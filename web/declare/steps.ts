import type { Cause } from '#contract/common.ts'
import type { DeclarationForm, DeclarationReceipt } from '#contract/contact/declarations.ts'
import { h } from './dom.ts'
import type { Draft } from './draft.ts'
import { textField, type Wrongs, wrongSummary } from './fields.ts'
import { cleanNumber, faultOfIdNumber, inGroups } from './id-number.ts'
import { fill, formatDay, inLanguage, texts } from './texts.ts'

export const mostCharacters = 500

/** What a step shows and changes; `change` keeps what was typed without drawing the page anew. */
export interface Step {
  form: DeclarationForm
  draft: Draft
  wrongs: Wrongs
  change: (next: Partial<Draft>) => void
}

export function whoStep({ form, draft, wrongs, change }: Step): HTMLElement {
  const { who } = texts()
  const echo = h('p', { class: 'echo', 'aria-live': 'polite' })
  const showEcho = (id: string) => {
    echo.textContent = id ? fill(who.idEcho, { number: inGroups(id) }) : ''
  }
  showEcho(draft.idNumber)
  return h(
    'div',
    {},
    heading(who.title),
    h('p', {}, who.intro),
    wrongSummary(wrongs),
    textField({
      ...{ id: 'name', label: who.name, hint: who.nameHint, value: draft.name, wrongs },
      attributes: { maxlength: 40 },
      input: (name) => change({ name: name.trim() }),
    }),
    textField({
      ...{
        id: 'idNumber',
        label: who.idNumber,
        hint: who.idHint,
        value: draft.idNumber,
        wrongs,
        after: echo,
      },
      attributes: { maxlength: 30, autocapitalize: 'characters', spellcheck: 'false', class: 'digits' },
      input: (typed) => {
        const idNumber = cleanNumber(typed)
        showEcho(idNumber)
        change({ idNumber })
      },
    }),
    textField({
      ...{ id: 'code', label: who.code, hint: who.codeHint, value: draft.code, wrongs },
      attributes: { maxlength: 12, inputmode: 'numeric', class: 'digits code' },
      input: (typed) => change({ code: cleanNumber(typed) }),
    }),
    h(
      'details',
      {},
      h('summary', {}, who.noCard),
      h('p', {}, fill(who.noCardText, { hotline: form.hotline }), ' ', callLink(form.hotline)),
    ),
  )
}

export function faultsOfWho({ name, idNumber, code }: Draft): Wrongs {
  const { wrong } = texts()
  const wrongs = new Map<string, string>()
  if (name === '') wrongs.set('name', wrong.name)
  const fault = faultOfIdNumber(idNumber)
  if (fault) wrongs.set('idNumber', fill(wrong[fault], { count: idNumber.length }))
  if (code === '') wrongs.set('code', wrong.codeMissing)
  else if (!/^\d{6}$/.test(code)) wrongs.set('code', fill(wrong.code, { count: code.length }))
  return wrongs
}

export function troubleStep({ form, draft, wrongs, change }: Step): HTMLElement {
  const { trouble } = texts()
  const left = h('p', { class: 'hint' })
  const showLeft = (text: string) => {
    left.textContent = fill(trouble.left, { count: mostCharacters - [...text].length })
  }
  showLeft(draft.text)
  const wrong = wrongs.get('cause')
  const option = (cause: Cause, plain: string) =>
    h(
      'label',
      { class: 'option' },
      h('input', {
        ...{ type: 'radio', name: 'cause', value: cause, checked: draft.cause === cause },
        change: () => change({ cause }),
      }),
      h('span', {}, plain),
    )
  return h(
    'div',
    {},
    heading(trouble.title),
    wrongSummary(wrongs),
    h(
      'fieldset',
      { class: wrong ? 'field wrong' : 'field', 'aria-describedby': wrong ? 'cause-wrong' : undefined },
      h('legend', {}, trouble.cause),
      wrong && h('p', { id: 'cause-wrong', class: 'wrong-text' }, wrong),
      ...form.causes.map(({ cause, plain }) => option(cause, inLanguage(plain))),
    ),
    textField({
      ...{ id: 'text', label: trouble.text, hint: trouble.textHint, value: draft.text, wrongs, after: left },
      ...{ rows: 5, attributes: { maxlength: mostCharacters } },
      input: (text) => {
        showLeft(text)
        change({ text })
      },
    }),
  )
}

export function faultsOfTrouble({ cause }: Draft): Wrongs {
  const { wrong } = texts()
  const wrongs = new Map<string, string>()
  if (cause === '') wrongs.set('cause', wrong.cause)
  return wrongs
}

export function checkStep({ form, draft }: Step, goTo: (step: 1 | 2) => void): HTMLElement {
  const { check } = texts()
  const plain = form.causes.find(({ cause }) => cause === draft.cause)?.plain
  const row = (label: string, value: string, step: 1 | 2) =>
    h(
      'div',
      { class: 'row' },
      h('dt', {}, label),
      h('dd', {}, value),
      h(
        'dd',
        { class: 'row-change' },
        h(
          'button',
          {
            type: 'button',
            class: 'link',
            'aria-label': `${check.change} ${label}`,
            click: () => goTo(step),
          },
          check.change,
        ),
      ),
    )
  return h(
    'div',
    {},
    heading(check.title),
    h(
      'dl',
      { class: 'rows' },
      row(check.name, draft.name, 1),
      row(check.idNumber, inGroups(draft.idNumber), 1),
      row(check.code, draft.code, 1),
      row(check.cause, plain ? inLanguage(plain) : '', 2),
      row(check.text, draft.text.trim() || check.noText, 2),
    ),
    h('p', { class: 'hint' }, check.promise),
  )
}

export function donePage(
  { hotline }: DeclarationForm,
  { receipt, dueOn }: DeclarationReceipt,
  again: () => void,
): HTMLElement {
  const { done } = texts()
  const visit = dueOn ? fill(done.visit, { day: formatDay(dueOn) }) : done.visitSoon
  return h(
    'div',
    { class: 'done' },
    heading(done.title),
    h(
      'div',
      { class: 'receipt' },
      h('p', {}, done.receipt),
      h('p', { class: 'receipt-number' }, `${receipt.slice(0, 4)} ${receipt.slice(4)}`),
      h('p', {}, done.keep),
    ),
    h('h2', {}, done.next),
    h(
      'ol',
      { class: 'next-steps' },
      h('li', {}, done.matching),
      h('li', {}, h('strong', {}, visit)),
      h('li', {}, done.result),
    ),
    h('p', {}, done.nobody),
    h('p', {}, h('strong', {}, done.urgent)),
    callLink(hotline),
    h('button', { type: 'button', class: 'plain', click: again }, done.another),
  )
}

export function callLink(hotline: string): HTMLElement {
  return h('a', { class: 'button', href: `tel:${hotline}` }, fill(texts().done.call, { hotline }))
}

export const heading = (text: string) => h('h1', { tabindex: -1, 'data-focus': '' }, text)
