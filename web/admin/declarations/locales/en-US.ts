import type { Shape } from '#web/locales/shape.ts'
import type { declarations as zh } from './zh-CN.ts'

export const declarations: Shape<typeof zh> = {
  title: 'Declarations that fit no household',
  note: 'Name, ID number or household code of a declaration differ from the register, and the platform guesses for nobody. Find the person, ask, then say whose it is. The page of the declarer never tells whether it fitted.',
  waiting: 'Declarations from telephones that fit no household and wait for somebody: {{count}}.',
  waitingLate: 'Past the promised day: {{count}}.',
  open: 'Look',
  emptyTitle: 'No declaration to match',
  emptyText: 'All declarations found their household or were settled.',
  most: 'The {{count}} most urgent are listed first',
  awaited: 'waits for the register',
  receipt: 'receipt {{receipt}}',
  due: 'a visit was promised by {{day}}',
  why: {
    number: 'Nobody in the register has this ID number.',
    name: 'The ID number is in the register under another name.',
    code: 'Name and number fit, the household code does not: perhaps somebody else declared.',
  },
  noted: 'Noted: {{note}}',
  by: { number: 'the ID number of {{member}}', name: '{{member}} of the same village has that name' },
  nobody: 'The register suggests no household; look one up below.',
  choose: 'It is this one',
  search: 'Name of the head, pinyin initials or household number',
  searchNone: 'Nothing found',
  await: 'Not in the register yet',
  awaitText:
    'Go there first and say what you found. Once the register has that ID number, the declaration joins the household by itself and becomes a clue.',
  dismiss: 'Dismiss',
  dismissText:
    'Such as a prank, a repeat, or the person denies it. Say why; what was typed is erased at once.',
  matched: 'It has joined the clues of that household',
  decided: 'Settled',
}
