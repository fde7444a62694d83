import { expect, test } from 'vitest'
import { safeNext } from './search.ts'

test('sign-in leads back to a page of ours and nowhere else', () => {
  expect(safeNext('/clues?level=red')).toBe('/clues?level=red')
  for (const foreign of ['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', 7]) {
    expect(safeNext(foreign)).toBeUndefined()
  }
})
