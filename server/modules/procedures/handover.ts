import { sql } from 'kysely'
import { among, type HandoverItem, type HandoverPart } from '#server/manifest/handover.ts'
import { inside, liesOutside } from '#server/modules/access/index.ts'

const steps = (userId: string) => sql`
  select distinct e.county, e.household_id, f.village, e.case_id from case_entry e
  join case_file f on f.county = e.county and f.id = e.case_id and f.state = 'running'
  where e.by_user = ${userId} and e.result in ('done', 'sent-back') and not exists (
    select from case_follower o where o.county = e.county and o.case_id = e.case_id and o.instead_of = ${userId})`
const followed = (userId: string) => sql`
  select o.county, o.household_id, o.village, o.case_id from case_follower o
  join case_file f on f.county = o.county and f.id = o.case_id and f.state = 'running' where o.user_id = ${userId}`

/** Running cases somebody took a step of: the steps stay theirs, the other waits for what follows. */
export const waitingCasePart: HandoverPart = {
  key: 'waiting-cases',
  columns: ['case_follower.user_id'],
  async count({ db }, userId) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from (${steps(userId)} union ${followed(userId)}) x`.execute(db)
    return rows[0]?.count ?? 0
  },
  async move({ db }, from, to) {
    const wanted = among(to, sql`x.county`, sql`x.case_id`)
    const { rows } = await sql<HandoverItem & { outside: boolean }>`
      with own as materialized (select x.* from (${steps(from)}) x where ${wanted}),
      taken as materialized (select x.* from (${followed(from)}) x where ${wanted}),
      returned as (
        delete from case_follower o using taken x where o.county = x.county and o.case_id = x.case_id
          and o.user_id = ${from}
          and o.instead_of = ${to.userId}
      ), passed as (
        update case_follower o set user_id = ${to.userId} from taken x where o.county = x.county
          and o.case_id = x.case_id
          and o.user_id = ${from} and o.instead_of <> ${to.userId}
      ), added as (
        insert into case_follower (county, household_id, village, case_id, instead_of, user_id)
        select county, household_id, village, case_id, ${from}, ${to.userId} from own
      )
      select m.county, m.case_id::text as item, ${liesOutside(to.userId, sql`m.county`, sql`m.household_id`)} as outside
      from (select * from own union select * from taken) m`.execute(db)
    return inside(rows)
  },
}
