import './declare.css'
import type {
  DeclarationForm,
  DeclarationPlaces,
  DeclarationReceipt,
} from '#contract/contact/declarations.ts'
import { stopReading } from '#web/ui/read-aloud/local-voice.ts'
import { type Failure, fetchForm, fetchPlaces, sendDraft } from './api.ts'
import { h } from './dom.ts'
import { keepDraft, newDraft, readDraft } from './draft.ts'
import type { Wrongs } from './fields.ts'
import { placesPage } from './places.ts'
import { readAloudButton } from './read-aloud.ts'
import {
  callLink,
  checkStep,
  donePage,
  faultsOfTrouble,
  faultsOfWho,
  type Step,
  troubleStep,
  whoStep,
} from './steps.ts'
import { currentLanguage, fill, otherLanguage, switchLanguage, texts } from './texts.ts'

type StepNumber = 1 | 2 | 3

const village = location.pathname.replace(/^\/declare\//, '').replaceAll(/\D/g, '')
const root = document.getElementById('root')

let form: DeclarationForm | undefined
let problem: 'place' | 'form' | undefined
let places: DeclarationPlaces | undefined
let draft = readDraft(village)
let step: StepNumber = 1
let wrongs: Wrongs = new Map()
let sending = false
let failure: Failure | 'online' | undefined
let receipt: DeclarationReceipt | undefined

function draw({ focus = true } = {}) {
  const t = texts()
  stopReading()
  document.documentElement.lang = currentLanguage()
  document.title = t.pageTitle
  root?.replaceChildren(header(), h('main', {}, content()))
  if (!focus) return
  const wanted = root?.querySelectorAll<HTMLElement>('[data-focus]')
  wanted?.[wanted.length - 1]?.focus({ preventScroll: true })
  scrollTo(0, 0)
}

function header(): HTMLElement {
  const t = texts()
  return h(
    'header',
    {},
    h('div', {}, h('p', { class: 'brand' }, t.title), place()),
    h(
      'button',
      {
        ...{ type: 'button', class: 'link', lang: otherLanguage() },
        click: () => {
          switchLanguage()
          wrongs = new Map()
          draw({ focus: false })
        },
      },
      t.language,
    ),
  )
}

function place(): HTMLElement | null {
  if (!form) return null
  const { county, township, village: name } = form
  return h('p', { class: 'place' }, fill(texts().place, { county, township, village: name }))
}

function content(): HTMLElement {
  const t = texts()
  if (problem === 'place' && places) return placesPage(places, (place) => void choosePlace(place))
  if (problem) {
    return h(
      'div',
      {},
      h('p', { class: 'failure', role: 'alert' }, t.failed[problem]),
      problem === 'form' && h('button', { type: 'button', class: 'primary', click: open }, t.failed.retry),
    )
  }
  if (!form) return h('p', { class: 'hint' }, t.loading)
  if (receipt)
    return h('div', {}, readAloudButton(), h('div', { 'data-read': '' }, donePage(form, receipt, another)))
  const shown: Step = { form, draft, wrongs, change }
  const steps = {
    1: () => whoStep(shown),
    2: () => troubleStep(shown),
    3: () => checkStep(shown, (to) => history.go(to - 3)),
  }
  const { hotline } = form
  return h(
    'form',
    { novalidate: true, submit: onSubmit },
    h(
      'div',
      { class: 'progress', 'aria-hidden': 'true' },
      ...[1, 2, 3].map((n) => h('i', { class: n <= step ? 'on' : '' })),
    ),
    h('p', { class: 'hint' }, fill(t.step, { step })),
    readAloudButton(),
    h('div', { 'data-read': '' }, steps[step]()),
    failure &&
      h(
        'p',
        { class: failure === 'online' ? 'ready' : 'failure', role: 'alert' },
        fill(t.failed[failure], { hotline }),
      ),
    (failure === 'limit' || failure === 'refused') && callLink(hotline),
    h('button', { type: 'submit', class: 'primary', disabled: sending }, submitText()),
    step > 1 &&
      h('button', { type: 'button', class: 'plain', disabled: sending, click: () => history.back() }, t.back),
  )
}

function submitText(): string {
  const { check, next } = texts()
  if (step < 3) return next
  if (sending) return check.sending
  return failure ? check.again : check.send
}

function change(next: Partial<typeof draft>) {
  draft = { ...draft, ...next }
  keepDraft(village, draft)
}

function onSubmit(event: Event) {
  event.preventDefault()
  if (step === 3) {
    void send()
    return
  }
  wrongs = step === 1 ? faultsOfWho(draft) : faultsOfTrouble(draft)
  if (wrongs.size === 0) {
    step = step === 1 ? 2 : 3
    history.pushState({ step }, '')
  }
  draw()
}

async function send() {
  sending = true
  failure = undefined
  draw({ focus: false })
  const answer = await sendDraft(village, { ...draft, text: draft.text.trim() })
  sending = false
  if (answer.ok) {
    receipt = answer.value
    keepDraft(village, undefined)
    draft = newDraft()
    draw()
    return
  }
  failure = answer.failure
  draw({ focus: false })
  root?.querySelector('.failure')?.scrollIntoView({ block: 'center' })
}

/** Begins with empty fields: the telephone may be somebody else's. */
function another() {
  receipt = undefined
  step = 1
  wrongs = new Map()
  history.replaceState({ step }, '')
  draw()
}

async function open() {
  problem = undefined
  draw({ focus: false })
  const answer = await fetchForm(village)
  if (answer.ok) form = answer.value
  else problem = answer.failure === 'refused' ? 'place' : 'form'
  draw({ focus: false })
  if (problem === 'place') await showPlaces(undefined)
}

async function showPlaces(area: number | undefined) {
  const answer = await fetchPlaces(area)
  if (answer.ok) places = answer.value
  draw()
}

async function choosePlace({ code, level }: { code: number; level: string }) {
  if (level === 'village') location.assign(`/declare/${code}`)
  else await showPlaces(code)
}

addEventListener('popstate', ({ state }) => {
  // What was sent is not sent again by going back.
  if (receipt) return
  step = (state as { step?: StepNumber } | null)?.step ?? 1
  wrongs = new Map()
  failure = undefined
  draw()
})
addEventListener('online', () => {
  if (problem === 'form') void open()
  if (failure !== 'offline') return
  failure = 'online'
  draw({ focus: false })
})

history.replaceState({ step }, '')
void open()
