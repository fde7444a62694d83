/** Every expected failure of the platform and the HTTP status it is answered with. Texts are translated by the client. */
export const errorStatus = {
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  'bad-request': 400,
  'file-empty': 422,
  'file-unreadable': 422,
  'file-too-large': 413,
  'sheet-not-found': 422,
  'header-not-found': 422,
  'columns-missing': 422,
  'batch-not-held': 409,
  'batch-not-merged': 409,
  'reason-required': 422,
  'clue-state': 409,
  'place-outside-clue': 422,
  'deadline-invalid': 422,
  'policy-invalid': 500,
  'key-wrong': 500,
  'too-many-rows': 422,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof errorStatus
