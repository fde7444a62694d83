import type { DeclarationPlaces } from '#contract/contact/declarations.ts'
import { h } from './dom.ts'
import { callLink, heading } from './steps.ts'
import { texts } from './texts.ts'

/** Where a code does not open: one's own village, chosen place by place, and a number to call. */
export function placesPage(
  { hotline, path, places }: DeclarationPlaces,
  choose: (place: { code: number; level: string }) => void,
): HTMLElement {
  const { places: t } = texts()
  const above = path.at(-2)
  return h(
    'div',
    {},
    heading(t.title),
    h('p', { class: 'failure', role: 'alert' }, t.notOpen),
    h('p', {}, t.lead),
    path.length > 1 && h('p', { class: 'hint' }, path.map(({ name }) => name).join(' ')),
    h(
      'ul',
      { class: 'places' },
      ...places.map((place) =>
        h(
          'li',
          {},
          h('button', { type: 'button', class: 'place-choice', click: () => choose(place) }, place.name),
        ),
      ),
    ),
    above && h('button', { type: 'button', class: 'plain', click: () => choose(above) }, t.above),
    h('p', {}, t.call),
    callLink(hotline),
  )
}
