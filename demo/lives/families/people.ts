import { ageOn, type DayNumber } from '#demo/province/days.ts'
import type { Person as Member } from '#demo/province/model.ts'
import { placeAt } from '#demo/province/people/schooling.ts'
import { lives } from '../calibration.ts'
import type { Home, Person } from '../model.ts'

/** Members who live in the household now. */
export const present = ({ people }: Home): Person[] => people.filter((person) => person.left === null)

export const headOf = (home: Home): Person | undefined =>
  home.people.find(({ left, relation }) => left === null && relation === 'head')

export function canWork({ birth, labour }: Member, day: DayNumber): boolean {
  const age = ageOn(birth, day)
  const [from, to] = lives.work.age
  return age >= from && age <= to && (labour === 'ordinary' || labour === 'skilled')
}

export const isStudent = ({ birth, talent }: Member, schoolYear: number) =>
  placeAt(birth, talent, schoolYear) !== undefined

export const isIll = ({ condition }: Member) => condition === 'major' || condition === 'both'
export const isDisabled = ({ condition }: Member) => condition === 'disabled' || condition === 'both'

/** Ends a membership; work and care end with it. */
/** `within`: to another household of the register, which has the person's record from then on. */
export function leave(home: Home, person: Person, change: string, on: DayNumber, within?: 'within'): void {
  person.left = { change, on, ...(within && { within: true }) }
  home.changed = true
}

/** A household whose head is gone goes on under the spouse, else the eldest. */
export function succeed(home: Home): void {
  if (headOf(home)) return
  const people = present(home)
  const next =
    people.find(({ relation }) => relation === 'spouse') ??
    people.toSorted((a, b) => a.birth - b.birth || (a.memberNo < b.memberNo ? -1 : 1))[0]
  if (!next) {
    home.ended = true
    return
  }
  const before = next.relation
  for (const one of people) if (one !== next) one.relation = kinOf(before, one)
  next.relation = 'head'
  home.changed = true
}

/** What somebody is to a new head who was `before` to the old one. */
function kinOf(before: string, { relation, sex }: Person): string {
  if (before === 'spouse') {
    if (relation === 'father' || relation === 'mother') return `husbands-${relation}`
    return relation
  }
  if (before === 'son') {
    if (relation === 'spouse') return sex === 'male' ? 'father' : 'mother'
    if (relation === 'daughter-in-law') return 'spouse'
    if (relation === 'grandson') return 'son'
    if (relation === 'granddaughter') return 'daughter'
    if (relation === 'son' || relation === 'daughter') return 'sibling'
  }
  if (before === 'father' || before === 'mother') {
    if (relation === 'spouse') return 'daughter-in-law'
    if (relation === 'son') return 'grandson'
    if (relation === 'daughter') return 'granddaughter'
    if (relation === 'father' || relation === 'mother') return 'spouse'
  }
  return 'other'
}
