import type pg from 'pg'
import { storedAs } from '#server/modules/feeds/index.ts'
import type { Intake } from '../intake.ts'
import { chainOf, equal, factColumns, type IntakeTables, listed } from '../tables.ts'

export interface MemberAmounts {
  /** Rows that became part of another of their household. */
  parts: number
  /** Rows of members whose household has a figure of another source. */
  refused: number
}

/**
 * A feed of what a whole household has may come as a file of what each member has: its columns name no head, and rows of one household are
 * of several people with amounts of their own. These add up, in the first row of the household. Neither such a sum nor the row of a member
 * who is no head takes the place of what another source said of the household: the rows come back. Equal amounts of all members are the
 * household's own figure, printed beside each of them.
 */
export async function addUpMembers(
  client: pg.PoolClient,
  stage: string,
  tables: IntakeTables,
  { feed, mapping, corrects }: Intake,
): Promise<MemberAmounts> {
  const { table, place, keys } = factColumns(feed)
  const money = feed.columns.flatMap((column) =>
    column.type === 'money' ? storedAs(column).map((one) => one.column) : [],
  )
  if (!feed.ofMembers || mapping.name?.includes('户主')) return { parts: 0, refused: 0 }
  const home = [...place, ...keys]
  await client.query('drop table if exists member_amount, member_sum')
  await client.query(`create temp table member_amount on commit drop as
    select distinct on (${listed(home, 'm')}, m.match_index) m.*
    from (
      select s.row_no, s.match_index, p.county, p.household_id, p.is_head, ${listed([...keys, ...money], 's')}
      from ${stage} s
      join person_index p on p.id_index = s.match_index and coalesce(p.comparable, p.name) = s.match_name
    ) m
    order by ${listed(home, 'm')}, m.match_index, m.row_no`)
  await client.query(`create temp table member_sum on commit drop as
    select ${listed(home, 'm')}, min(m.row_no) as first, count(*) as persons, bool_or(m.is_head) as has_head,
      count(distinct (${listed(money, 'm')})) as figures, ${money.map((one) => `sum(m.${one})::bigint as ${one}`).join(', ')}
    from member_amount m group by ${listed(home, 'm')}`)
  const { rows } = await client.query<{ own: boolean }>(
    'select exists (select from member_sum where persons > 1 and figures > 1) as own',
  )
  if (!rows[0]?.own) await client.query('delete from member_sum where persons > 1')
  const { rowCount: refused } = await client.query(`
    with taken as (
      select ${listed(home, 'm')} from member_sum m
      join ${table} f on ${equal(home, 'f', 'm')} and f.known_until is null
      join batch b on b.id = f.batch_id
      where (m.persons > 1 or not m.has_head) and not b.adds_up and f.batch_id not in ${chainOf(corrects)}
        and (${listed(money, 'f')}) is distinct from (${listed(money, 'm')})
    ), back as (
      delete from ${stage} s using member_amount a join taken on ${equal(home, 'a', 'taken')}
      where s.row_no = a.row_no returning s.row_no
    )
    insert into ${tables.refused} select row_no, 'income-of-member', 'idNumber' from back`)
  const { rowCount: parts } = await client.query(`
    with added as (
      update ${stage} s set ${money.map((one) => `${one} = m.${one}`).join(', ')}
      from member_sum m where m.persons > 1 and s.row_no = m.first returning s.row_no
    )
    delete from ${stage} s using member_amount a
    join member_sum m on ${equal(home, 'm', 'a')} and m.persons > 1
    where s.row_no = a.row_no and a.row_no <> m.first and m.first in (select row_no from added)`)
  return { parts: parts ?? 0, refused: refused ?? 0 }
}
