import { leftAlone, oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const contactQuestions = {
  // Names of villages are known to everybody; what it shows is about nobody.
  'declarations.form': () => ({ village: 341_221_001_003 }),
  'declarations.places': leftAlone(
    'names of places and their codes, which stand in public lists; it knows no asker',
  ),
  'declarations.send': leftAlone(
    'knows no asker; that it tells nobody whether there is such a household has a test of its own',
  ),
  'declarations.cards': (pick, whose) =>
    oneOf(pick, [() => ({ household: pick.household(whose) }), () => ({ village: pick.division(whose) })]),
  'declarations.unmatched': (pick, whose) => (pick.number(2) ? {} : { area: pick.division(whose) }),
  'declarations.countUnmatched': (pick, whose) => (pick.number(2) ? {} : { area: pick.division(whose) }),
  'declarations.decide': () => ({
    request: '018f0000-0000-7000-8000-000000000004',
    as: 'dismissed',
    note: '试',
  }),
  'letters.list': (pick, whose) => ({ ref: pick.household(whose) }),
} as const satisfies Questions
