import { defineExchange } from '#server/platform/row-exchange.ts'

/** A clue whose person went to another household, and the clue of that household that goes on with it. */
export interface PassedClue {
  county: number
  householdId: number
  clue: string
  cause: string
  state: string
  toCounty: number
  toClue: string
  toVillage: number
  fromPlace: string
  toPlace: string
}

/** What a merge passed on, left for the visits and cases that rest on these clues; */
export const passedClues = defineExchange<PassedClue>('passed_clue', {
  ...{ county: 'integer', householdId: 'bigint', clue: 'text', cause: 'text', state: 'text' },
  ...{ toCounty: 'integer', toClue: 'text', toVillage: 'bigint', fromPlace: 'text', toPlace: 'text' },
})

/** and planned visits that clues were taken from. */
export const leftVisits = defineExchange<{ county: number; visit: string }>('left_visit', {
  ...{ county: 'integer', visit: 'text' },
})
