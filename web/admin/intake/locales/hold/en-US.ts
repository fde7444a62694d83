import type { Shape } from '#web/locales/shape.ts'
import type { holdReasons as zh } from './zh-CN.ts'

export const holdReasons: Shape<typeof zh> = {
  title: 'This batch is unusual and waits for a decision',
  lead: 'Nothing has been stored yet. Look at the reasons, then release or refuse it.',
  'many-rejects': 'Too many returned rows: {{share}}, allowed {{limit}}',
  'many-duplicates': 'Too many repeated rows: {{share}}, allowed {{limit}}',
  'many-unmatched': 'Too many people outside the registry: {{share}}, allowed {{limit}}',
  'figures-moved':
    '“{{column}}” differs {{times}} times from what is known: median {{known}} yuan before, {{found}} yuan now',
  'figures-tiny':
    'No unit is written, or yuan, and no column’s median is above {{found}} yuan (below {{known}} yuan)',
  'figures-huge': 'The median of “{{column}}” is {{found}} yuan (above {{known}} yuan)',
  'known-emptied': '“{{column}}” was known before; in this file {{share}} of it is empty',
  'refunds-contradict': 'Refunds take back more than the bill was: rows {{rows}}',
  'count-differs': 'The foot of the file says {{stated}}, and {{counted}} rows were read: see row {{rows}}',
  hints: {
    'count-differs':
      'Often: the export ended early, the file was cut, or rows were pasted in. Usually refuse it and have it exported again.',
    'figures-moved':
      'Often: another unit (yuan, 10,000 yuan) or a wrong column. Usually refuse it and have the unit written; release it if it is so.',
    'figures-tiny': 'Often: the amounts are in 10,000 yuan and nobody wrote it. Ask; usually refuse it.',
    'figures-huge':
      'Often: the amounts are in yuan and the file says 10,000 yuan. Usually refuse it and have the unit mended; release it if it is so.',
    'known-emptied':
      'Often: the column was left out of the export, or renamed. Releasing puts nothing in the place of what is known.',
    'refunds-contradict':
      'One bill may have been taken back twice, under its own number and under a new one. Usually refuse it; release it if it is so.',
    'many-rejects':
      'Often: columns assigned wrongly, ID numbers turned into scientific notation on export, or an old template. Usually refuse it and have it mended.',
    'many-duplicates':
      'Often: the same table pasted twice, or exported once per item. Repeated rows are taken only once.',
    'many-unmatched':
      'Often: people of other counties, or many who are not registered. Such rows are not stored; if the area is right, it can be released.',
  },
  limit: 'allowed {{limit}}',
  release: 'Release',
  refuse: 'Refuse',
  releaseEffect:
    'Releasing stores the {{rows}} usable rows and screens again. The {{rejected}} returned rows and the {{unmatched}} rows outside the registry are not stored.',
  refuseEffect:
    'Refusing stores none of the {{total}} rows; existing data stays as it is. The department can mend the file and send it again.',
  reason: 'Reason',
  reasonHint: 'It is kept on record and shown to the department.',
  reasonMissing: 'Please give a reason.',
  confirmRelease: 'Release the batch',
  confirmRefuse: 'Refuse the batch',
  cancel: 'Cancel',
  released: 'Released; now being stored.',
  refused: 'Refused; nothing was stored.',
  decidedRelease: 'Released by {{by}} on {{date}}. Reason: {{reason}}',
  decidedRefuse: 'Refused by {{by}} on {{date}}. Reason: {{reason}}',
}
