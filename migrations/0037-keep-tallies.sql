-- Clues and spells of a whole province are too many to be counted at every look. Every change of them leaves its difference in a tally:
-- rows are only ever added, so that nobody waits for anybody else; the night adds up what belongs together.

create table clue_tally (
  county integer not null,
  level text not null,
  cause text not null,
  state text not null,
  rules text[] not null,
  channel text not null,
  clues integer not null
);
comment on table clue_tally is 'Differences whose sums are the numbers of clues of a county; written by triggers of clue alone';
comment on column clue_tally.county is '6-digit county code';
comment on column clue_tally.level is 'red, orange or yellow';
comment on column clue_tally.cause is 'Risk cause';
comment on column clue_tally.state is 'State of the clues';
comment on column clue_tally.rules is 'Rules of the clues';
comment on column clue_tally.channel is 'How they arrived';
comment on column clue_tally.clues is 'So many more, or fewer where negative';
create index clue_tally_county on clue_tally (county);

create table household_clues (
  county integer not null,
  household_id bigint not null,
  village bigint not null,
  open_clues integer not null,
  primary key (county, household_id)
);
comment on table household_clues is 'Open clues by household, for counting households; written by triggers of clue alone';
comment on column household_clues.county is '6-digit county code; distribution column';
comment on column household_clues.household_id is 'The household';
comment on column household_clues.village is 'Village of its clues';
comment on column household_clues.open_clues is 'How many of its clues are open';
create index household_clues_area on household_clues (village) where open_clues > 0;

create table category_tally (
  county integer not null,
  day date not null,
  category text not null,
  risk text not null,
  cause text,
  change text not null check (change in ('in', 'out')),
  because text not null,
  households integer not null,
  persons integer not null
);
comment on table category_tally is 'Differences whose sums are the households that came into a category and went out of it; written by triggers of category_spell alone';
comment on column category_tally.county is '6-digit county code';
comment on column category_tally.day is 'Day on which they came or went';
comment on column category_tally.category is 'Category of the spells';
comment on column category_tally.risk is 'none, open or resolved';
comment on column category_tally.cause is 'Leading cause; null where nobody stated any';
comment on column category_tally.change is 'in or out';
comment on column category_tally.because is 'Why the spells began or ended';
comment on column category_tally.households is 'So many more, or fewer where negative';
comment on column category_tally.persons is 'Members when the spells began, likewise';
create index category_tally_county on category_tally (county, day);

-- The tables of the changed rows have the same names in all three triggers; each knows only those of its own kind.
create function tally_clues() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'UPDATE' then
    insert into clue_tally select county, level, cause, state, rules, channel, case tg_op when 'INSERT' then 1 else -1 end * count(*)
      from changed group by county, level, cause, state, rules, channel;
    insert into household_clues as h
      select county, household_id, max(village), case tg_op when 'INSERT' then 1 else -1 end * count(*)
      from changed where closed_on is null group by county, household_id order by county, household_id
      on conflict (county, household_id) do update set open_clues = h.open_clues + excluded.open_clues, village = excluded.village;
  else
    insert into clue_tally
      select county, level, cause, state, rules, channel, sum(sign)
      from (select *, 1 as sign from changed union all select *, -1 from changed_from) c
      group by county, level, cause, state, rules, channel having sum(sign) <> 0;
    insert into household_clues as h
      select county, household_id, max(village) filter (where sign = 1), coalesce(sum(sign) filter (where closed_on is null), 0)
      from (select *, 1 as sign from changed union all select *, -1 from changed_from) c
      group by county, household_id
      having coalesce(sum(sign) filter (where closed_on is null), 0) <> 0 or min(village) <> max(village)
      order by county, household_id
      on conflict (county, household_id) do update set open_clues = h.open_clues + excluded.open_clues, village = excluded.village;
  end if;
  return null;
end $$;
create trigger clue_inserted after insert on clue referencing new table as changed for each statement execute function tally_clues();
create trigger clue_updated after update on clue referencing new table as changed old table as changed_from
  for each statement execute function tally_clues();
create trigger clue_deleted after delete on clue referencing old table as changed for each statement execute function tally_clues();

create function tally_categories() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- A spell of no days came and went on one day: it counts nowhere.
  if tg_op <> 'UPDATE' then
    insert into category_tally
      select s.county, c.day, s.category, s.risk, s.causes[1], c.change, c.because, case tg_op when 'INSERT' then 1 else -1 end * count(*),
        case tg_op when 'INSERT' then 1 else -1 end * sum(s.members)
      from changed s cross join lateral (
        values (s.from_on, 'in', s.opened_because), (s.until_on, 'out', s.closed_because)) c (day, change, because)
      where c.day is not null and s.until_on is distinct from s.from_on
      group by 1, 2, 3, 4, 5, 6, 7;
  else
    insert into category_tally
      select s.county, c.day, s.category, s.risk, s.causes[1], c.change, c.because, sum(s.sign), sum(s.sign * s.members)
      from (select *, 1 as sign from changed union all select *, -1 from changed_from) s cross join lateral (
        values (s.from_on, 'in', s.opened_because), (s.until_on, 'out', s.closed_because)) c (day, change, because)
      where c.day is not null and s.until_on is distinct from s.from_on
      group by 1, 2, 3, 4, 5, 6, 7 having sum(s.sign) <> 0 or sum(s.sign * s.members) <> 0;
  end if;
  return null;
end $$;
create trigger category_spell_inserted after insert on category_spell referencing new table as changed
  for each statement execute function tally_categories();
create trigger category_spell_updated after update on category_spell referencing new table as changed old table as changed_from
  for each statement execute function tally_categories();
create trigger category_spell_deleted after delete on category_spell referencing old table as changed
  for each statement execute function tally_categories();

revoke execute on function tally_clues(), tally_categories() from public;

insert into clue_tally select county, level, cause, state, rules, channel, count(*) from clue group by 1, 2, 3, 4, 5, 6;
insert into household_clues select county, household_id, max(village), count(*) from clue where closed_on is null group by 1, 2;
insert into category_tally
  select s.county, c.day, s.category, s.risk, s.causes[1], c.change, c.because, count(*), sum(s.members)
  from category_spell s cross join lateral (
    values (s.from_on, 'in', s.opened_because), (s.until_on, 'out', s.closed_because)) c (day, change, because)
  where c.day is not null and s.until_on is distinct from s.from_on
  group by 1, 2, 3, 4, 5, 6, 7;

revoke all on clue_tally, household_clues, category_tally from public;
alter table clue_tally enable row level security;
alter table household_clues enable row level security;
alter table category_tally enable row level security;
create policy work on clue_tally to shouwang_work using (true) with check (true);
create policy work on household_clues to shouwang_work using (true) with check (true);
create policy work on category_tally to shouwang_work using (true) with check (true);
-- A tally tells of a whole county: only to those whose area holds the whole of it.
create policy app on clue_tally to shouwang_app using ((select scope_is_whole()) or (select scope_holder()) is null
  and county::bigint * 1000000 >= (select scope_from()) and county::bigint * 1000000 + 999999 <= (select scope_to()));
create policy app on category_tally to shouwang_app using ((select scope_is_whole()) or (select scope_holder()) is null
  and county::bigint * 1000000 >= (select scope_from()) and county::bigint * 1000000 + 999999 <= (select scope_to()));
create policy app on household_clues to shouwang_app using ((select scope_is_whole()) or
  (village >= (select scope_from()) and village <= (select scope_to()) and ((select scope_holder()) is null
  or holds_household(county, household_id))));
grant select on clue_tally, household_clues, category_tally to shouwang_app;
grant select, insert, update, delete, maintain, truncate on clue_tally, household_clues, category_tally to shouwang_work;

-- What is overdue, and the households behind open clues of some kind, are counted from these indexes alone.
drop index clue_due;
create index clue_due on clue (due_on) include (county, household_id, village, state, assignee, level, cause, channel, rules)
  where state in ('dispatched', 'verifying');
create index clue_open_household on clue (county, household_id) include (village, state, level, cause, channel, rules)
  where closed_on is null;
