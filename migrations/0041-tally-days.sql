-- What the overview of a province shows is kept as differences too: households of the registry, clues by the days on which they were
-- opened and closed, and the days on which a household had an open clue at all, so that grades are known for every day.

create table household_tally (
  county integer not null,
  registered boolean not null,
  households integer not null
);
comment on table household_tally is 'Differences whose sums are the households of a county''s registry; written by triggers of household alone';
comment on column household_tally.county is '6-digit county code';
comment on column household_tally.registered is 'Whether they are registered as poor';
comment on column household_tally.households is 'So many more, or fewer where negative';
create index household_tally_county on household_tally (county);

create table clue_day_tally (
  county integer not null,
  day date not null,
  change text not null check (change in ('opened', 'closed')),
  clues integer not null
);
comment on table clue_day_tally is 'Differences whose sums are the clues opened and closed on a day; written by triggers of clue alone';
comment on column clue_day_tally.county is '6-digit county code';
comment on column clue_day_tally.day is 'Day on which they were opened or closed';
comment on column clue_day_tally.change is 'opened or closed';
comment on column clue_day_tally.clues is 'So many more, or fewer where negative';
create index clue_day_tally_day on clue_day_tally (day, county) include (change, clues);

create table clue_span (
  county integer not null,
  household_id bigint not null,
  village bigint not null,
  from_on date not null,
  until_on date,
  lifted boolean not null
);
comment on table clue_span is 'Days on which a household had an open clue, parted where it was lifted out of poverty and where not; follows clue and category_spell by triggers';
comment on column clue_span.county is '6-digit county code; distribution column';
comment on column clue_span.household_id is 'The household';
comment on column clue_span.village is 'Village it lived in; of its clues where it was not lifted';
comment on column clue_span.from_on is 'First day';
comment on column clue_span.until_on is 'First day on which no clue was open any longer; null while one is';
comment on column clue_span.lifted is 'Whether it was in the categories stable or unstable and not monitored: such a clue makes its grade yellow';
create index clue_span_household on clue_span (county, household_id);
create index clue_span_area on clue_span (village) include (from_on, until_on, lifted, county, household_id);

create table clue_span_tally (
  county integer not null,
  day date not null,
  lifted boolean not null,
  households integer not null
);
comment on table clue_span_tally is 'Differences whose sums are the households that have open clues at the end of a day; follows clue_span';
comment on column clue_span_tally.county is '6-digit county code';
comment on column clue_span_tally.day is 'Day on which their spans began or ended';
comment on column clue_span_tally.lifted is 'As of the spans';
comment on column clue_span_tally.households is 'So many more, or fewer where negative';
create index clue_span_tally_county on clue_span_tally (county, day) include (lifted, households);

create function tally_households() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'UPDATE' then
    insert into household_tally select county, registered, case tg_op when 'INSERT' then 1 else -1 end * count(*)
      from changed where closed_on is null group by 1, 2;
  else
    insert into household_tally
      select county, registered, sum(sign)
      from (select county, registered, closed_on, 1 as sign from changed
        union all select county, registered, closed_on, -1 from changed_from) h
      where closed_on is null group by 1, 2 having sum(sign) <> 0;
  end if;
  return null;
end $$;
create trigger household_inserted after insert on household referencing new table as changed for each statement execute function tally_households();
create trigger household_updated after update on household referencing new table as changed old table as changed_from
  for each statement execute function tally_households();
create trigger household_deleted after delete on household referencing old table as changed for each statement execute function tally_households();

create function tally_clue_days() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'UPDATE' then
    insert into clue_day_tally select c.county, d.day, d.change, case tg_op when 'INSERT' then 1 else -1 end * count(*)
      from changed c cross join lateral (values (c.opened_on, 'opened'), (c.closed_on, 'closed')) d (day, change)
      where d.day is not null group by 1, 2, 3;
  else
    insert into clue_day_tally
      select c.county, d.day, d.change, sum(c.sign)
      from (select county, opened_on, closed_on, 1 as sign from changed
        union all select county, opened_on, closed_on, -1 from changed_from) c
        cross join lateral (values (c.opened_on, 'opened'), (c.closed_on, 'closed')) d (day, change)
      where d.day is not null group by 1, 2, 3 having sum(c.sign) <> 0;
  end if;
  return null;
end $$;
create trigger clue_inserted_days after insert on clue referencing new table as changed for each statement execute function tally_clue_days();
create trigger clue_updated_days after update on clue referencing new table as changed old table as changed_from
  for each statement execute function tally_clue_days();
create trigger clue_deleted_days after delete on clue referencing old table as changed for each statement execute function tally_clue_days();

-- Of the households named, or of all. A clue that was closed and taken up again counts as open in between, as in its list.
create function clue_spans_of(counties integer[], households bigint[]) returns setof clue_span language sql stable
set search_path = public, pg_temp as $$
  with asked as materialized (
    select distinct k.county, k.household_id from unnest(counties, households) k (county, household_id) where counties is not null
    union all
    select distinct county, household_id from clue where counties is null
  ), known as materialized (
    select c.county, c.household_id, max(c.village) as village, range_agg(daterange(c.opened_on, c.closed_on)) as days
    from asked join clue c using (county, household_id)
    where c.closed_on is null or c.closed_on > c.opened_on group by 1, 2
  ), lifted as materialized (
    select s.county, s.household_id, s.village, range_agg(daterange(s.from_on, s.until_on)) as days
    from known join category_spell s using (county, household_id)
    where s.risk = 'none' and s.category in ('stable', 'unstable') and s.until_on is distinct from s.from_on group by 1, 2, 3
  )
  select k.county, k.household_id, l.village, lower(d.days), upper(d.days), true
  from known k join lifted l using (county, household_id) cross join lateral unnest(k.days * l.days) d (days)
  union all
  select k.county, k.household_id, k.village, lower(d.days), upper(d.days), false
  from known k left join (select county, household_id, range_agg(days) as days from lifted group by 1, 2) l using (county, household_id)
    cross join lateral unnest(k.days - coalesce(l.days, '{}')) d (days)
$$;

create function follow_clue_spans(counties integer[], households bigint[]) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if cardinality(households) is null or cardinality(households) = 0 then return; end if;
  with gone as (
    delete from clue_span s using (select distinct * from unnest(counties, households) k (county, household_id)) k
    where s.county = k.county and s.household_id = k.household_id returning s.*
  )
  insert into clue_span_tally select g.county, d.day, g.lifted, sum(d.n)
    from gone g cross join lateral (values (g.from_on, -1), (g.until_on, 1)) d (day, n) where d.day is not null group by 1, 2, 3;
  with made as (insert into clue_span select * from clue_spans_of(counties, households) returning *)
  insert into clue_span_tally select m.county, d.day, m.lifted, sum(d.n)
    from made m cross join lateral (values (m.from_on, 1), (m.until_on, -1)) d (day, n) where d.day is not null group by 1, 2, 3;
end $$;

-- By the name of its triggers it comes after the count of open clues, whose row two changes of one household wait for.
create function follow_clues() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'UPDATE' then
    perform follow_clue_spans(array_agg(county), array_agg(household_id)) from changed;
  else
    perform follow_clue_spans(array_agg(county), array_agg(household_id)) from (
      (select county, household_id, id, village, opened_on, closed_on from changed
        except select county, household_id, id, village, opened_on, closed_on from changed_from)
      union all
      (select county, household_id, id, village, opened_on, closed_on from changed_from
        except select county, household_id, id, village, opened_on, closed_on from changed)) c;
  end if;
  return null;
end $$;
create trigger clue_inserted_spans after insert on clue referencing new table as changed for each statement execute function follow_clues();
create trigger clue_updated_spans after update on clue referencing new table as changed old table as changed_from
  for each statement execute function follow_clues();
create trigger clue_deleted_spans after delete on clue referencing old table as changed for each statement execute function follow_clues();

create function follow_spells() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform follow_clue_spans(array_agg(s.county), array_agg(s.household_id)) from changed s
    where exists (select from clue c where c.county = s.county and c.household_id = s.household_id);
  return null;
end $$;
create trigger category_spell_inserted_spans after insert on category_spell referencing new table as changed
  for each statement execute function follow_spells();
create trigger category_spell_updated_spans after update on category_spell referencing new table as changed
  for each statement execute function follow_spells();
create trigger category_spell_deleted_spans after delete on category_spell referencing old table as changed
  for each statement execute function follow_spells();

revoke execute on function tally_households(), tally_clue_days(), clue_spans_of(integer[], bigint[]),
  follow_clue_spans(integer[], bigint[]), follow_clues(), follow_spells() from public;
grant execute on function clue_spans_of(integer[], bigint[]), follow_clue_spans(integer[], bigint[]) to shouwang_work;

insert into household_tally select county, registered, count(*) from household where closed_on is null group by 1, 2;
insert into clue_day_tally
  select c.county, d.day, d.change, count(*) from clue c
    cross join lateral (values (c.opened_on, 'opened'), (c.closed_on, 'closed')) d (day, change)
  where d.day is not null group by 1, 2, 3;
insert into clue_span select * from clue_spans_of(null, null);
insert into clue_span_tally select s.county, d.day, s.lifted, sum(d.n)
  from clue_span s cross join lateral (values (s.from_on, 1), (s.until_on, -1)) d (day, n) where d.day is not null group by 1, 2, 3;

alter table household_tally enable row level security;
alter table clue_day_tally enable row level security;
alter table clue_span enable row level security;
alter table clue_span_tally enable row level security;
revoke all on household_tally, clue_day_tally, clue_span, clue_span_tally from public;
create policy work on household_tally to shouwang_work using (true) with check (true);
create policy work on clue_day_tally to shouwang_work using (true) with check (true);
create policy work on clue_span to shouwang_work using (true) with check (true);
create policy work on clue_span_tally to shouwang_work using (true) with check (true);
-- A tally tells of a whole county: only to those whose area holds the whole of it.
create policy app on household_tally to shouwang_app using ((select scope_is_whole()) or (select scope_holder()) is null
  and county::bigint * 1000000 >= (select scope_from()) and county::bigint * 1000000 + 999999 <= (select scope_to()));
create policy app on clue_day_tally to shouwang_app using ((select scope_is_whole()) or (select scope_holder()) is null
  and county::bigint * 1000000 >= (select scope_from()) and county::bigint * 1000000 + 999999 <= (select scope_to()));
create policy app on clue_span_tally to shouwang_app using ((select scope_is_whole()) or (select scope_holder()) is null
  and county::bigint * 1000000 >= (select scope_from()) and county::bigint * 1000000 + 999999 <= (select scope_to()));
create policy app on clue_span to shouwang_app using ((select scope_is_whole()) or
  (village >= (select scope_from()) and village <= (select scope_to()) and ((select scope_holder()) is null
  or holds_household(county, household_id))));
grant select on household_tally, clue_day_tally, clue_span, clue_span_tally to shouwang_app;
grant select, insert, update, delete, maintain, truncate on household_tally, clue_day_tally, clue_span, clue_span_tally to shouwang_work;

-- What came in the last two weeks, and what happened to clues since a day, are told from these alone.
create index clue_opened on clue (opened_on) include (village, county, household_id, closed_on);
create index clue_event_status on clue_event (at) include (county, clue_id) where kind in
  ('dispatched', 'recalled', 'assigned', 'visited', 'again', 'confirmed', 'excluded', 'solved', 'cleared');
