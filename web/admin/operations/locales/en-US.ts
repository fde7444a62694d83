import type { Shape } from '#web/locales/shape.ts'
import type { operations as Chinese } from './zh-CN.ts'

export const operations: Shape<typeof Chinese> = {
  title: 'Operations',
  note: 'Renewed every 10 seconds. Counts, times and sizes only; nothing about anybody.',
  lookedAt: 'As of {{at}}',
  all: {
    ok: 'All is well',
    attention: '{{count}} to look at',
    bad: '{{count}} to mend now',
  },
  state: { ok: 'Well', attention: 'Look at it', bad: 'Mend now', off: 'Not in use' },
  what: 'What',
  howItIs: 'How it is',
  check: {
    database: 'Database',
    backup: 'Backup',
    kept: 'Changes since',
    seals: 'Seals of the audit',
    tallies: 'Tallies',
    jobs: 'Background work',
    held: 'Held batches',
    sources: 'Sources',
    statements: 'Slow statements',
    disk: 'Disk',
  },
  sentence: {
    database: { answers: 'answers within {{ms}} ms, {{bytes}}' },
    backup: {
      good: 'the last was whole and read back at {{at}}: {{bytes}} and {{files}} received files',
      old: 'the last good backup is of {{at}}: too old. Look into the log, and whether the backup disk can be written to',
      never: 'there is no backup yet. Set SHOUWANG_BACKUP_DIR, or run shouwang backup',
      'by-hand':
        'the last one made by hand was whole at {{at}}, {{bytes}}. With SHOUWANG_BACKUP_DIR the platform makes them by itself',
      'own-tools': 'a PostgreSQL of your own is backed up with its own tools, see the operations manual',
      'failed-folder-missing': 'the backup at {{at}} failed: its folder is not there. Is the disk mounted?',
      'failed-folder-other':
        'the backup at {{at}} failed: the folder holds none of the earlier backups. Is the disk mounted?',
      'failed-folder-taken': 'the backup at {{at}} failed: another process uses its folder',
      'failed-disk-full':
        'the backup at {{at}} failed: its disk is full. Make room, or lower SHOUWANG_BACKUP_KEEP_DAYS',
      'failed-damaged':
        'the backup at {{at}} failed: what was read back is not what was written; its disk may be faulty. {{text}}',
      'failed-other': 'the backup at {{at}} failed: {{text}}',
    },
    kept: {
      behind: 'every change before {{at}} is kept in the backup folder',
      'not-yet': 'not begun yet',
      'by-hand': 'SHOUWANG_BACKUP_DIR is not set: changes since the last backup are kept nowhere else',
      'own-tools': 'archived by your own PostgreSQL',
    },
    seals: {
      good: 'everything is sealed',
      behind: '{{pending}} entries wait, the first for {{seconds}} s',
      broken: 'the last look along the chain found faults. The audit administrator should see them',
    },
    tallies: {
      good: 'compared last night, all alike',
      'not-yet': 'not compared yet: that is done at night',
      different: '{{count}} differ from what they count. Run shouwang db tallies',
    },
    jobs: {
      good: '{{waiting}} waiting',
      behind: '{{waiting}} waiting, the first for {{seconds}} s',
      failed: '{{failed}} failed within a day; {{waiting}} waiting. Look into the log',
    },
    held: { none: 'none', held: 'Waiting for a decision: {{batches}}. Days the first has waited: {{days}}' },
    sources: { good: 'all in time', late: '{{late}} of {{feeds}} are late' },
    statements: { good: 'none above a second', slow: '{{total}} above a second since the start' },
    disk: { free: '{{bytes}} left on the data disk ({{percent}} %)' },
  },
  queues: 'Queues of background work',
  queue: 'Queue',
  waiting: 'Waiting',
  active: 'Active',
  failed: 'Failed within a day',
  oldest: 'Waiting longest',
  seconds: '{{count}} s',
  late: 'Late sources',
  lateIn: '{{late}} of {{counties}} counties',
  slow: 'Slow statements',
  times: 'Times',
  longest: 'Longest',
  milliseconds: '{{count}} ms',
}
