export type RetentionAction = 'delete-file' | 'erase-cells' | 'delete-rows' | 'keep'

/** What the program knows how to erase, with the way it does it, and what it never erases. Every pack must say all of them. */
export const retentionActions = {
  'uploads-never-imported': 'delete-file',
  'received-files': 'delete-file',
  'rejected-cells': 'erase-cells',
  'review-cells': 'erase-cells',
  'ended-sessions': 'delete-rows',
  'visit-photos': 'delete-file',
  'unfinished-photos': 'delete-rows',
  'visit-traces': 'erase-cells',
  'revoked-devices': 'delete-rows',
  'declaration-marks': 'delete-rows',
  facts: 'keep',
  clues: 'keep',
  casework: 'keep',
  accounts: 'keep',
  audit: 'keep',
} as const satisfies Record<string, RetentionAction>

export type RetentionKey = keyof typeof retentionActions
