-- Who belongs where, since when and why: the classification of every household over time. Days are half open: a spell holds from its
-- first day up to, and not including, its last; what changes twice on one day leaves a spell of no days, which counts nowhere.
create extension if not exists btree_gist;

create table category_spell (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  category text not null check (category in ('unrelieved', 'stable', 'unstable', 'marginal', 'sudden-hardship', 'ordinary')),
  risk text not null check (risk in ('none', 'open', 'resolved')),
  causes text[] not null default '{}',
  members smallint not null,
  from_on date not null,
  until_on date,
  opened_because text not null,
  closed_because text,
  register_category text not null,
  case_id uuid,
  pack text,
  primary key (county, id),
  check (until_on >= from_on),
  check ((until_on is null) = (closed_because is null)),
  constraint category_spell_apart exclude using gist (household_id with =, county with =, daterange(from_on, until_on) with &&)
);
comment on table category_spell is 'Classification of a household over time: spells that never overlap and are never overwritten';
comment on column category_spell.county is '6-digit county code; distribution column';
comment on column category_spell.id is 'Internal id';
comment on column category_spell.household_id is 'The household';
comment on column category_spell.village is 'Village it lived in; moving elsewhere ends a spell and begins another';
comment on column category_spell.category is 'unrelieved, stable, unstable, marginal, sudden-hardship or ordinary';
comment on column category_spell.risk is 'none; open: monitored; resolved: was monitored, and is tracked';
comment on column category_spell.causes is 'Risk causes, the first one leading; empty where nobody stated any';
comment on column category_spell.members is 'Members when it began';
comment on column category_spell.from_on is 'First day';
comment on column category_spell.until_on is 'First day on which it holds no longer; null while it holds';
comment on column category_spell.opened_because is 'first-record, registry, moved, identified, reopened, cause-added, resolved, natural or re-entered';
comment on column category_spell.closed_because is 'The same words, and left';
comment on column category_spell.register_category is 'What the register said; as long as it says the same, a decision of ours stands';
comment on column category_spell.case_id is 'Case that decided it; null for what the register says';
comment on column category_spell.pack is 'Policy pack the decision was made under';
create unique index category_spell_open on category_spell (county, household_id) where until_on is null;
create index category_spell_area on category_spell (village) include (category, risk, from_on, until_on, members);
create index category_spell_from on category_spell (from_on) include (village, category, risk, opened_because) where opened_because <> 'first-record';
create index category_spell_until on category_spell (until_on) include (village, category, risk, closed_because) where until_on is not null;
create index category_spell_monitored on category_spell (village, household_id) include (category, risk, causes, members, from_on, until_on)
  where risk <> 'none';

-- The category follows the spells now, not the register's columns.
alter table household alter column category drop expression;
alter table household alter column category set default 'ordinary';
alter table household add column risk text not null default 'none' check (risk in ('none', 'open', 'resolved'));
comment on column household.category is 'Category of the spell that holds';
comment on column household.risk is 'Risk status of the spell that holds: none, open or resolved';
update household set risk = 'open' where monitoring_category is not null;
create index household_monitored on household (village, id) include (county, category, risk, member_count) where risk <> 'none';

insert into category_spell (county, household_id, village, category, risk, members, from_on, until_on, opened_because, closed_because,
  register_category)
select h.county, h.id, h.village, h.category, h.risk, h.member_count,
  least(coalesce(r.known_from::date, current_date), coalesce(h.closed_on, 'infinity')), h.closed_on, 'first-record',
  case when h.closed_on is not null then 'left' end, h.category
from household h
left join lateral (
  select min(b.as_of) as known_from from household_record hr join batch b on b.id = hr.batch_id
  where hr.county = h.county and hr.household_id = h.id) r on true;

alter table category_spell enable row level security;
revoke all on category_spell from public;
create policy work on category_spell to shouwang_work using (true) with check (true);
create policy app on category_spell to shouwang_app using (
  (select scope_is_whole()) or (village >= (select scope_from()) and village <= (select scope_to())
    and ((select scope_holder()) is null or holds_household(county, household_id))));
grant select, insert, update, delete, maintain, truncate on category_spell to shouwang_work;
grant select, insert, update on category_spell to shouwang_app;
grant update (category, risk) on household to shouwang_app;
