import type { SaxesParser } from 'saxes'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'

/** Counts the attributes of an element as they come: a million of them would be put together at once, with the loop standing still. */
export function countAttributes() {
  let count = 0
  return {
    begin() {
      count = 0
    },
    add() {
      if (++count > limits.attributes)
        throw unreadable('too-large', { what: 'attributes', limit: limits.attributes })
    },
  }
}

export function refuseManyAttributes(parser: SaxesParser): void {
  const { begin, add } = countAttributes()
  parser.on('opentagstart', begin)
  parser.on('attribute', add)
}
