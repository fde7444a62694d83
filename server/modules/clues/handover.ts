import { sql } from 'kysely'
import { columnPart } from '#server/modules/access/index.ts'

/** What somebody handed down, and waits for: the bench of the other shows it as waiting. */
export const waitingCluePart = columnPart({
  key: 'waiting-clues',
  table: 'clue',
  column: 'dispatched_by',
  open: sql`x.state in ('dispatched', 'verifying')`,
})
