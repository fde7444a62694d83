import { sql } from 'kysely'
import { belongedText, leavingChanges } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { type HouseholdPlace, type RowExchange, rowsOf } from '#server/platform/row-exchange.ts'
import type { Knowledge } from './define.ts'

/** What is known now: the register as it is, and facts that nothing has superseded. */
export const knownNow: Knowledge = {
  household: '(select * from household where closed_on is null)',
  person: 'person',
  fact: (table) => `(select * from ${table} where known_until is null)`,
  renewedCertificates: renewed('s.known_until is not null'),
}

/**
 * A later issue of the same certificate that came by itself; a file that corrects another takes the place of what was wrong. An earlier
 * issue that came late was superseded as soon as it was known.
 */
function renewed(superseded: string): string {
  return `(select s.* from disability_certificate s
      join disability_certificate n on n.county = s.county and n.household_id = s.household_id
        and n.person_id = s.person_id and n.certificate_no_index = s.certificate_no_index
        and (n.known_from = s.known_until or s.known_from = s.known_until and n.known_from < s.known_until
          and (n.known_until is null or n.known_until > s.known_until))
        and n.issued_on > s.issued_on
      where ${superseded}
        and not exists (select from batch c where c.corrects is not null and c.merged_at = s.known_until))`
}

/**
 * What was known at an instant. Facts keep their two times; the register keeps only what its newest records say, so its households and
 * members are worked out again from the records known then, from when their spells were written, and from the memberships that
 * ended without a record of their own. Leaves `known_household` and `known_person` for the households of `scope`.
 */
export async function knowAt(db: Db, at: Date, scope: RowExchange<HouseholdPlace>): Promise<Knowledge> {
  const instant = `'${at.toISOString()}'::timestamptz`
  const known = (facts: string) =>
    `${facts}.known_from <= ${instant} and (${facts}.known_until is null or ${facts}.known_until > ${instant})`
  await sql`drop table if exists known_person, known_household`.execute(db)
  await sql`
    create temporary table known_person on commit drop as
    select r.county, r.person_id as id, r.household_id, r.birth, r.labour,
      case when r.change in ${sql.raw(leavingChanges)} then coalesce(r.changed_on, r.word_on)
        else e.left_on end as left_on,
      p.joined_on, p.away
    from (
      select distinct on (r.county, r.household_id, r.person_id) r.county, r.household_id, r.person_id, r.birth,
        r.labour,
        r.change, r.changed_on, r.word_on, r.known_from
      from ${rowsOf(scope)} t join member_record r using (county, household_id)
      where r.known_from <= ${sql.raw(instant)} and r.known_until is distinct from r.known_from
      order by r.county, r.household_id, r.person_id, r.known_from desc, r.batch_id desc
    ) r
    left join person p on p.county = r.county and p.id = r.person_id
    left join lateral (
      select e.left_on from membership_end e
      where e.county = r.county and e.person_id = r.person_id
        and e.known_from >= r.known_from and e.known_from <= ${sql.raw(instant)}
      order by e.known_from limit 1
    ) e on true`.execute(db)
  await sql`analyze known_person`.execute(db)
  await sql`
    create temporary table known_household on commit drop as
    select r.county, r.household_id as id, r.village_code as village, r.registered, r.relief_mark,
      coalesce(s.risk, 'none') as risk,
      coalesce(m.living, r.member_count, 0)::integer as member_count,
      r.member_count - g.members as size_gap
    from ${rowsOf(scope)} t
    join household_record r using (county, household_id)
    left join (
      select county, household_id, count(*) filter (where left_on is null) as living from known_person
      group by county, household_id
    ) m using (county, household_id)
    left join lateral (
      select count(*) filter (where ${sql.raw(belongedText('p', 'r.word_on'))}) as members from known_person p
      where p.county = r.county and p.household_id = r.household_id having count(*) > 0
    ) g on true
    left join (
      select distinct on (s.county, s.household_id) s.county, s.household_id, s.risk
      from ${rowsOf(scope)} t join category_spell s using (county, household_id)
      where s.opened_at <= ${sql.raw(instant)}
      order by s.county, s.household_id, s.id desc
    ) s using (county, household_id)
    where ${sql.raw(known('r'))} and m.living is distinct from 0`.execute(db)
  await sql`analyze known_household`.execute(db)
  return {
    household: 'known_household',
    person: 'known_person',
    fact: (table) => `(select * from ${table} k where ${known('k')})`,
    renewedCertificates: renewed(`s.known_until <= ${instant}`),
  }
}
