import type { Shape } from '#web/locales/shape.ts'
import type { notices as zh } from './zh-CN.ts'

export const notices: Shape<typeof zh> = {
  title: 'Today’s digest',
  note: '{{area}} · {{day}}',
  work: 'To be done',
  figure: {
    overdue: 'overdue',
    today: 'due today',
    soon: 'due in 3 working days',
    escalated: 'overdue, come up to me',
  },
  news: 'News of the last two weeks',
  newsCount: '{{count}} in all, {{unread}} unread',
  new: 'New',
  emptyTitle: 'No news',
  emptyText:
    'New red clues of your area, work returned to you, held files and decisions about your requests are listed here.',
  kind: {
    'red-clue': 'New red clue: {{cause}}',
    'visit-returned': 'A visit was returned: please go once more',
    'case-decided': 'A case you acted in was decided',
    'held-batch': 'A file is held and waits for a decision',
    'export-decided': 'An export you requested was decided',
  },
  of: {
    'case-decided': {
      'sent-back': 'A case you acted in was sent back',
      refused: 'A case you acted in was refused',
      dropped: 'A case you acted in was dropped',
      entered: 'A case you acted in is complete',
    },
    'export-decided': {
      ready: 'An export you requested was approved',
      declined: 'An export you requested was declined',
    },
  },
}
