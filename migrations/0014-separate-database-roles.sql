-- Four roles share the work: the owner migrates; shouwang_app answers requests under row-level security; shouwang_work runs
-- jobs and the command line; shouwang_auth belongs to the sign-in. None of the last three owns a table.
do $$
declare role text;
begin
  foreach role in array array['shouwang_app', 'shouwang_work', 'shouwang_auth'] loop
    begin
      execute format('create role %I nologin', role);
    exception when duplicate_object or unique_violation then null;
    end;
    begin
      -- To hand schemas over to a role one must be its member; a superuser is already.
      execute format('grant %I to current_user', role);
    exception when insufficient_privilege or invalid_grant_operation then null;
    end;
  end loop;
end $$;

-- Working tables and the job queue belong to the work; both are made again where they are needed.
drop schema if exists intake, jobs cascade;
create schema intake authorization shouwang_work;
create schema jobs authorization shouwang_work;
comment on schema intake is 'Working tables of batches on their way; one set per running batch, dropped when it ends';
comment on schema jobs is 'Durable background work, kept by the job library';

-- What the request may see, told to the connection at every checkout. Nothing told is nothing seen.
create function scope_from() returns bigint language sql stable
  return nullif(current_setting('shouwang.scope_from', true), '')::bigint;
create function scope_to() returns bigint language sql stable
  return nullif(current_setting('shouwang.scope_to', true), '')::bigint;
create function scope_holder() returns text language sql stable
  return nullif(current_setting('shouwang.holder', true), '');
create function scope_user() returns text language sql stable
  return nullif(current_setting('shouwang.user', true), '');
create function area_from() returns bigint language sql stable
  return nullif(current_setting('shouwang.area_from', true), '')::bigint;
create function area_to() returns bigint language sql stable
  return nullif(current_setting('shouwang.area_to', true), '')::bigint;
create function scope_feeds() returns text language sql stable
  return nullif(current_setting('shouwang.feeds', true), '');
create function scope_audit() returns boolean language sql stable
  return coalesce(current_setting('shouwang.audit', true), '') = 'on';
comment on function scope_audit is 'Whether the request may read the audit of its area';
comment on function scope_from is 'First village code whose households the request may see';
comment on function scope_to is 'Last village code whose households the request may see';
comment on function scope_holder is 'Account that sees only households given to it; null where the whole range is seen';
comment on function scope_user is 'Account of the request';
comment on function area_from is 'First division code of the account''s area, for what is no household: files, accounts, coverage';
comment on function area_to is 'Last division code of the account''s area';
comment on function scope_feeds is 'Feeds the account may see, separated by commas; null for all';

create table household_access (
  county integer not null,
  household_id bigint not null,
  user_id text not null references auth_user (id),
  kind text not null check (kind in ('helper', 'own', 'break-glass')),
  from_at timestamptz not null default now(),
  until timestamptz,
  granted_by text references auth_user (id),
  reason text,
  primary key (county, household_id, user_id, kind, from_at)
);
comment on table household_access is 'Households given to an account: a helper''s, a household''s own, or opened by break-glass for a time; ended, never deleted';
comment on column household_access.county is '6-digit county code; distribution column';
comment on column household_access.household_id is 'The household';
comment on column household_access.user_id is 'The account that may see it';
comment on column household_access.kind is 'helper, own or break-glass';
comment on column household_access.from_at is 'Since when';
comment on column household_access.until is 'Until when; null as long as nobody ends it';
comment on column household_access.granted_by is 'Who gave it; null for the platform itself';
comment on column household_access.reason is 'Why';
create index household_access_user on household_access (user_id, county, household_id) include (kind, from_at, until);

create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_id text,
  actor_name text not null,
  actor_role text not null,
  actor_area bigint,
  action text not null,
  outcome text not null default 'done' check (outcome in ('done', 'refused')),
  object_kind text,
  object_ref text,
  household_ref uuid,
  before jsonb,
  after jsonb,
  detail jsonb,
  reason text,
  row_count bigint,
  address text,
  user_agent text,
  request_id text
);
comment on table audit_entry is 'Who did or read what, when, from where and why; rows are only ever added, and sealed in a chain';
comment on column audit_entry.id is 'Order of writing';
comment on column audit_entry.at is 'When, by the clock of the database';
comment on column audit_entry.actor_id is 'Account; null for the platform itself, the command line and failed sign-ins';
comment on column audit_entry.actor_name is 'Sign-in name at that time, or system, cli, unknown';
comment on column audit_entry.actor_role is 'Role at that time, or system, cli, unknown';
comment on column audit_entry.actor_area is 'Area of the account at that time';
comment on column audit_entry.action is 'What was done: group and name, such as clues.dispatch';
comment on column audit_entry.outcome is 'done, or refused';
comment on column audit_entry.object_kind is 'What it was done to: clue, household, account, batch, export …';
comment on column audit_entry.object_ref is 'Its public reference';
comment on column audit_entry.household_ref is 'The household it was about, where it was about one';
comment on column audit_entry.before is 'What it was before; no secrets';
comment on column audit_entry.after is 'What it is now; no secrets';
comment on column audit_entry.detail is 'Filter of a list, purpose, place; no secrets';
comment on column audit_entry.reason is 'Reason the person gave';
comment on column audit_entry.row_count is 'How many rows were read, changed or exported';
comment on column audit_entry.address is 'Network address it came from';
comment on column audit_entry.user_agent is 'Browser or program';
comment on column audit_entry.request_id is 'Request, as in the log';
create index audit_entry_at on audit_entry using brin (at);
create index audit_entry_actor on audit_entry (actor_id, id);
create index audit_entry_household on audit_entry (household_ref, id) where household_ref is not null;

create table audit_pending (entry_id bigint primary key);
comment on table audit_pending is 'Entries that are not sealed yet';
comment on column audit_pending.entry_id is 'The entry';

-- The queue fills itself, with the owner's rights: no writer can leave an entry out of the chain.
create function queue_audit_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into audit_pending (entry_id) select id from added;
  return null;
end $$;
comment on function queue_audit_entry is 'Puts new entries into the queue of the sealer';
create trigger audit_entry_queued after insert on audit_entry
  referencing new table as added for each statement execute function queue_audit_entry();

grant select, insert on audit_entry to shouwang_app, shouwang_work, shouwang_auth;
grant select, delete on audit_pending to shouwang_work;

-- What a policy asks about a household, for tables that do not carry its village. A function, because a sub-select in the policy of
-- a dozen tables would be planned anew with every query; it runs with the owner's rights and answers yes or no alone.
create function holds_household(of_county integer, household bigint) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select from household_access a
    where a.user_id = scope_holder() and a.county = of_county and a.household_id = household
      and a.from_at <= now() and (a.until is null or a.until > now()));
end $$;
comment on function holds_household is 'Whether the household is given to the account of the request now';
create function sees_household(of_county integer, household bigint) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select from household h
    where h.county = of_county and h.id = household and h.village between scope_from() and scope_to())
    and (scope_holder() is null or holds_household(of_county, household));
end $$;
comment on function sees_household is 'Whether the household is in the scope of the request';
create function sees_signal(of_county integer, signal_id bigint) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select sees_household(s.county, s.household_id) from signal s where s.county = of_county and s.id = signal_id);
end $$;
comment on function sees_signal is 'Whether the signal is about a household in the scope of the request';
create function sees_clue(of_county integer, clue_id uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select sees_household(c.county, c.household_id) from clue c where c.county = of_county and c.id = clue_id);
end $$;
comment on function sees_clue is 'Whether the clue is about a household in the scope of the request';
create function scope_is_whole() returns boolean language sql stable
  return scope_holder() is null and scope_from() <= 340000000000 and scope_to() >= 349999999999;
comment on function scope_is_whole is 'Whether the request sees every household of the province';
create function scope_county_from() returns integer language sql stable
  return case when scope_holder() is null and scope_from() % 1000000 = 0 and scope_to() % 1000000 = 999999
    then scope_from() / 1000000 end;
comment on function scope_county_from is 'First of the counties the request sees as a whole; null where it sees less than a county';
create function scope_county_to() returns integer language sql stable return scope_to() / 1000000;
comment on function scope_county_to is 'Last of the counties the request sees as a whole';

-- Row-level security: every table has it, but for those that hold nothing about people or places of theirs. What does not depend on
-- the row stands in a sub-select and is computed once per query. Whole-province scopes are asked for first, in an `or`, which also
-- keeps the planner from taking the range for far narrower than it is; the index is served by the operation's own condition.
do $$
declare
  name text;
  ours constant text := '((select scope_is_whole()) or (village >= (select scope_from()) and village <= (select scope_to())';
  given constant text := ' and ((select scope_holder()) is null or holds_household(county, %I))))';
  rule text;
begin
  for name in select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
    execute format('revoke all on %I from public', name);
    if name not in ('migration', 'audit_pending') then
      execute format('alter table %I enable row level security', name);
    end if;
    if name not in ('migration', 'audit_entry', 'audit_pending', 'auth_session', 'auth_login', 'auth_verification') then
      execute format('grant select, insert, update, delete, truncate, references, maintain on %I to shouwang_work', name);
      execute format('create policy work on %I to shouwang_work using (true) with check (true)', name);
    end if;
    if name in ('auth_user', 'auth_session', 'auth_login', 'auth_verification', 'account') then
      execute format('grant select, insert, update, delete on %I to shouwang_auth', name);
      execute format('create policy auth on %I to shouwang_auth using (true) with check (true)', name);
    end if;
    rule := case
      when name = 'household' then ours || format(given, 'id')
      when name in ('clue', 'indicator') then ours || format(given, 'household_id')
      when name in (
        'person', 'person_index', 'signal', 'household_record', 'member_record', 'income_statement', 'medical_settlement',
        'medical_insurance', 'illness', 'school_enrolment', 'dwelling_survey', 'water_survey', 'social_assistance',
        'disability_certificate', 'employment_month') then
        '(county >= (select scope_county_from()) and county <= (select scope_county_to())) or sees_household(county, household_id)'
      when name = 'signal_evidence' then
        '(county >= (select scope_county_from()) and county <= (select scope_county_to())) or '
          'sees_signal(county, signal_id)'
      when name = 'clue_event' then
        '(county >= (select scope_county_from()) and county <= (select scope_county_to())) or '
          'sees_clue(county, clue_id)'
      when name = 'batch' then
        'area between area_from() and area_to() and (scope_feeds() is null or feed = any (string_to_array(scope_feeds(), '','')))'
      when name in ('batch_reject', 'batch_review') then
        format('exists (select from batch b where b.id = %I.batch_id)', name)
      when name = 'upload' then 'received_by = scope_user()'
      when name in ('feed_coverage', 'indicator_coverage', 'rule_coverage') then
        'county between area_from() / 1000000 and area_to() / 1000000'
      when name = 'account' then 'area between area_from() and area_to() or user_id = scope_user()'
      when name = 'household_access' then
        'user_id = scope_user() or scope_holder() is null and sees_household(county, household_id)'
      when name in ('division', 'auth_user', 'screening_run', 'feed_mapping') then 'true'
      end;
    if rule is not null then
      execute format('create policy app on %I to shouwang_app using (%s)', name, rule);
      if name <> 'auth_user' then
        execute format('grant select on %I to shouwang_app', name);
      end if;
    end if;
  end loop;
end $$;

create policy work on audit_entry for select to shouwang_work using (true);
-- The audit administrator reads the audit of the area; whoever holds single households reads who looked at them.
create policy app on audit_entry for select to shouwang_app using (
  scope_audit() and (actor_area is null or actor_area between area_from() and area_to())
  or scope_holder() is not null and household_ref in (select ref from household));
create policy write on audit_entry for insert to shouwang_app, shouwang_work, shouwang_auth with check (true);
grant select (id, name, username, display_username) on auth_user to shouwang_app;
grant select on division, household_access to shouwang_auth;
create policy auth on division for select to shouwang_auth using (true);
create policy auth on household_access for select to shouwang_auth using (true);

-- What requests write; everything else is written by the work that follows them.
grant update on clue to shouwang_app;
grant insert on clue_event, batch, upload, feed_mapping to shouwang_app;
grant update on batch, upload, feed_mapping, batch_review to shouwang_app;
grant insert, update on account, household_access to shouwang_app;

grant usage, select on all sequences in schema public to shouwang_work;
grant select on migration to shouwang_work, shouwang_app;

-- Evidence names the file it came from even where that file covers more than one's area.
create view batch_source as select id, ref, feed, department, area, file_name, as_of, received_at from batch;
comment on view batch_source is 'Of every batch, what an explanation may name to anybody who sees the household: never who sent it nor what else was in it';
comment on column batch_source.id is 'The batch';
comment on column batch_source.ref is 'Its reference, told only to those who may open it';
comment on column batch_source.feed is 'Code of the feed definition';
comment on column batch_source.department is 'Department code';
comment on column batch_source.area is 'Division the file covers';
comment on column batch_source.file_name is 'Name of the file as sent';
comment on column batch_source.as_of is 'Day it was received for';
comment on column batch_source.received_at is 'When received';
grant select on batch_source to shouwang_app, shouwang_work;
