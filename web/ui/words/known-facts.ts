import type { Visit, VisitItemKey } from '#contract/work/visits.ts'

/** Which feeds speak about which item. */
const feedsOf: Record<VisitItemKey, readonly string[]> = {
  food: [],
  clothing: [],
  education: ['school-enrolment'],
  medical: ['medical-insurance', 'illness', 'medical-settlement'],
  housing: ['dwelling'],
  water: ['water'],
  income: ['income', 'social-assistance'],
  spending: ['medical-settlement', 'school-enrolment'],
  'self-help': ['employment', 'disability', 'member'],
}

/** What is known of an item already, to be shown beside it. */
export function knownFacts(card: Visit['card'], item: VisitItemKey): Visit['card']['facts'] {
  return card.facts.filter(({ feed }) => feedsOf[item].includes(feed))
}
