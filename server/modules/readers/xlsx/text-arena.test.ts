import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openTextArena } from './text-arena.ts'

function fill(texts: string[], memoryBytes: number) {
  const arena = openTextArena(memoryBytes)
  for (const text of texts) arena.push(text)
  return arena
}

describe('text arena', () => {
  it('gives back any texts by number, in memory and spilled, in any order', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '住院', 'é', 'x'.repeat(40_000), '临'.repeat(20_000)),
    )
    fc.assert(
      fc.property(fc.array(text, { maxLength: 400 }), fc.constantFrom(0, 3000, 1e9), (texts, memory) => {
        const arena = fill(texts, memory)
        for (let i = texts.length - 1; i >= 0; i -= 3) expect(arena.at(i)).toBe(texts[i])
        expect(texts.map((_, i) => arena.at(i))).toEqual(texts)
        expect([arena.at(-1), arena.at(texts.length), arena.at(Number.NaN)]).toEqual([
          undefined,
          undefined,
          undefined,
        ])
        arena.close()
      }),
      { numRuns: 40 },
    )
  })

  it('takes texts while others are read back from the spill', () => {
    const arena = openTextArena(0)
    for (let i = 0; i < 50_000; i++) {
      arena.push(`测试${i}`)
      if (i % 97 === 0) expect(arena.at(i >> 1)).toBe(`测试${i >> 1}`)
    }
    arena.close()
  })
})
