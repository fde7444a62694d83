import { sql } from 'kysely'
import { columnPart } from '#server/modules/access/index.ts'

/** Measures somebody answers for that have not ended; the name on the card changes with the account. */
export const measurePart = columnPart({
  key: 'measures',
  table: 'measure',
  column: 'responsible_user',
  open: sql`x.state in ('planned', 'under-way')`,
  also: ({ userId }) => sql`, responsible = (select u.name from auth_user u where u.id = ${userId})`,
})
