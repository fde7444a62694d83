import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keepTexts, textsOf } from './shared-texts.ts'
import { openTextArena } from './text-arena.ts'
import { textOf } from './xml-blocks.ts'

const letters = fc.stringMatching(/^[a-z0-9 é临泉县_x&;#]{0,40}$/)
const coded = fc.constantFrom('&amp;', '&#x4E34;', '_x000D_', '_x0041_', 'a_b', '临&lt;泉', '')
const content = fc.array(fc.oneof(letters, coded), { maxLength: 4 }).map((parts) => parts.join(''))
const element = fc.oneof(
  { weight: 12, arbitrary: content.map((text) => `<si><t>${text}</t></si>`) },
  { weight: 1, arbitrary: content.map((text) => `<si><t xml:space="preserve"> ${text} </t></si>`) },
  { weight: 1, arbitrary: content.map((text) => `<si><r><rPr/><t>${text}</t></r><r><t>二</t></r></si>`) },
  { weight: 1, arbitrary: content.map((text) => `<si><t>${text}</t><rPh><t>音</t></rPh></si>`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<si/>', '<si><t/></si>', '<si></si>', '<si uid="1"><t>一</t></si>'),
  },
)
const head = fc.constantFrom('', '<?xml version="1.0"?><sst count="3">', '<sst>\r\n')
const tail = fc.constantFrom('', '</sst>', '\r\n</sst>', '<extLst/></sst>')
const between = fc.constantFrom('', '\r\n', '\n  ')

it('byte by byte finds the very texts that are read as text', () => {
  fc.assert(
    fc.property(head, fc.array(element, { maxLength: 30 }), between, tail, (first, elements, gap, last) => {
      const bytes = Buffer.from(first + elements.join(gap) + last)
      const expected = [...textsOf(textOf(bytes, ''))]
      const arena = openTextArena()
      keepTexts({ bytes, prefix: '' }, arena)
      expect([...expected.map((_, i) => arena.at(i)), arena.at(expected.length)]).toEqual([
        ...expected,
        undefined,
      ])
      arena.close()
    }),
    { numRuns: 1500 },
  )
})

it('reads elements with a prefix as text', () => {
  const arena = openTextArena()
  keepTexts({ bytes: Buffer.from('<x:sst><x:si><x:t>临泉</x:t></x:si></x:sst>'), prefix: 'x:' }, arena)
  expect([arena.at(0), arena.at(1)]).toEqual(['临泉', undefined])
  arena.close()
})
