import { sql } from 'kysely'
import { addDeadline } from '#server/modules/deadlines/index.ts'
import type { Db, Session } from '#server/platform/database/db.ts'
import { changeClues, noteClues, openClues } from '../writing/clue-writer.ts'

/**
 * A merged batch of complaints, as reports: each joins the open clue of its household and cause, or the confirmed one
 * that is being dealt with, or opens one. In sets, in the transaction that merges the batch; a ticket that came before is no new
 * report. Returns how many clues were opened.
 */
export async function reportComplaints(
  { db }: Pick<Session, 'db'>,
  { batchId, today, now }: { batchId: number; today: string; now: Date },
): Promise<{ opened: number }> {
  await gather(db, batchId)
  const { rows: counties } = await sql<{ county: number }>`select distinct county from complained`.execute(db)
  const due = counties.map(({ county }) => addDeadline(today, county, 'dispatchLimit'))
  await changeClues(db, {
    set: { reports: sql`c.reports + x.n`, lastSignalOn: sql`${today}::date` },
    from: sql`(select county, clue, count(*) as n from complained where clue is not null group by county, clue) x`,
    where: sql`c.county = x.county and c.id = x.clue`,
  })
  const opened = await openClues<{ cause: string }>(db, {
    values: {
      county: sql`c.county`,
      householdId: sql`c.household_id`,
      village: sql`c.village`,
      sortName: sql`c.sort_name`,
      cause: sql`c.cause`,
      level: sql`'yellow'`,
      signalLevel: sql`'yellow'`,
      rules: sql`'{}'::text[]`,
      signals: sql`0`,
      reports: sql`count(*)`,
      why: sql`jsonb_build_object('zh', c.head_name || '家来电反映：' || left(min(c.content), 60),
        'en', c.head_name || '''s family called the hotline: ' || left(min(c.content), 60))`,
      state: sql`'new'`,
      openedOn: sql`${today}::date`,
      lastSignalOn: sql`${today}::date`,
      channel: sql`'petition'`,
      dispatchDueOn: sql`d.due`,
    },
    from: sql`complained c
      join unnest(${counties.map(({ county }) => county)}::int[], ${due}::date[]) d (county, due) using (county)
      where c.clue is null
      group by c.county, c.household_id, c.village, c.sort_name, c.head_name, c.cause, d.due
      order by c.county, c.household_id, c.cause`,
    event: { kind: sql`'opened'`, at: now, details: sql`'{"level": "yellow", "rules": ""}'::jsonb` },
    returning: { cause: sql`new.cause` },
  })
  await sql`
    update complained c set clue = m.id
    from unnest(${opened.map(({ county }) => county)}::int[], ${opened.map(({ id }) => id)}::uuid[],
      ${opened.map(({ householdId }) => householdId)}::bigint[], ${opened.map(({ cause }) => cause)}::text[])
      m (county, id, household_id, cause)
    where c.county = m.county and c.household_id = m.household_id and c.cause = m.cause and c.clue is null`.execute(
    db,
  )
  await sql`
    insert into clue_report (county, household_id, village, clue_id, channel, at, by_name, text, request)
    select county, household_id, village, clue, 'petition', ${now}, line, content, request from complained
      order by received_on, request`.execute(db)
  await noteClues(
    db,
    { at: now },
    sql`select county, clue, 'reported', jsonb_build_object('channel', 'petition', 'text', content) from complained
      order by received_on, request`,
  )
  return { opened: opened.length }
}

/** `complained`: the batch's new tickets with the clue each belongs to, where there is one. Long numbers are masked. */
async function gather(db: Db, batchId: number) {
  const ticket = sql`md5('complaint/' || p.county || '/' || p.household_id || '/' || p.ticket_no)::uuid`
  await sql`drop table if exists complained`.execute(db)
  await sql`
    create temporary table complained on commit drop as
    select p.county, p.household_id, h.village, h.head_name, h.head_pinyin || ' ' || h.head_name as sort_name,
      coalesce(x.cause, 'other') as cause, p.line, p.received_on, ${ticket} as request, c.id as clue,
      regexp_replace(p.content, '[0-9]{7,}', '****', 'g') as content
    from petition_complaint p
    join household h on h.county = p.county and h.id = p.household_id and h.closed_on is null
    left join (values ('illness', 'illness'), ('disability', 'disability'), ('schooling', 'schooling'),
      ('disaster', 'disaster'),
      ('job', 'unstable-job'), ('housing', 'housing'), ('water', 'water')) x (subject, cause) on x.subject = p.subject
    left join lateral (
      select c.id from clue c where c.county = p.county and c.household_id = p.household_id
        and c.cause = coalesce(x.cause, 'other') and (c.closed_on is null or c.state = 'confirmed' and (h.risk = 'open'
          or exists (select from case_file f where f.county = c.county and f.household_id = c.household_id
            and f.state = 'running')))
      order by c.closed_on is not null, c.closed_on desc limit 1
    ) c on true
    where p.batch_id = ${batchId} and p.known_until is null
      and not exists (select from clue_report r where r.county = p.county and r.request = ${ticket})`.execute(
    db,
  )
}
