const codes: Readonly<Record<string, 'full' | 'read-only' | 'forbidden'>> = {
  ...{ ENOSPC: 'full', EDQUOT: 'full', '53100': 'full' },
  ...{ EROFS: 'read-only', EACCES: 'forbidden', EPERM: 'forbidden' },
}
/** The words of programs that write for us: PostgreSQL and initdb. */
const words = [
  ['full', /no space left on device|disk quota exceeded/i],
  ['read-only', /read-only file system/i],
  ['forbidden', /permission denied|operation not permitted/i],
] as const

const sentences = {
  full:
    'The disk is full. Free space on it (old logs, old backups; never what lies in SHOUWANG_DATA/postgres) and start again; nothing ' +
    'that was kept is lost.',
  'read-only':
    'The file system is read-only. Make it writable (where it was made so by itself after an error, check the disk first) and start ' +
    'again; nothing was changed.',
  forbidden:
    'The user the platform runs as may not write there. Give it the folder, or another one with SHOUWANG_DATA.',
} as const

/**
 * What to do where the cause of a failure is that a disk takes nothing, with the place: that of the failure, which a full disk does not
 * name, else `where`. Undefined for every other failure.
 */
export function unwritableText(error: unknown, where = ''): string | undefined {
  if (!(error instanceof Error)) return undefined
  const kind =
    ('code' in error && typeof error.code === 'string' ? codes[error.code] : undefined) ??
    words.find(([, pattern]) => pattern.test(error.message))?.[0]
  if (!kind) return unwritableText(error.cause, where)
  const place = 'path' in error && typeof error.path === 'string' ? error.path : where
  return `${place && `${place}: `}${sentences[kind]} (${error.message.trim()})`
}
