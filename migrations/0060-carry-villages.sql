-- Row-level security reads the row and what the request was told, never another table: whatever belongs to a household carries its village
-- beside its county, rows of a file the area and the feed of the file. The policies themselves are made from the modules' lists of tables
-- (server/platform/rights.ts), with every start on which these have changed.

alter table signal_evidence add column household_id bigint, add column village bigint;
update signal_evidence e set household_id = s.household_id, village = h.village
from signal s join household h on h.county = s.county and h.id = s.household_id where s.county = e.county and s.id = e.signal_id;
alter table clue_event add column household_id bigint, add column village bigint;
update clue_event e set household_id = c.household_id, village = h.village
from clue c join household h on h.county = c.county and h.id = c.household_id where c.county = e.county and c.id = e.clue_id;
alter table batch_reject add column area bigint, add column feed text;
update batch_reject r set area = b.area, feed = b.feed from batch b where b.id = r.batch_id;
alter table batch_review add column area bigint, add column feed text;
update batch_review r set area = b.area, feed = b.feed from batch b where b.id = r.batch_id;

alter table asset_record add column village bigint;
update asset_record t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table disability_certificate add column village bigint;
update disability_certificate t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table dwelling_survey add column village bigint;
update dwelling_survey t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table employment_month add column village bigint;
update employment_month t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table household_record add column village bigint;
update household_record t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table illness add column village bigint;
update illness t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table income_statement add column village bigint;
update income_statement t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table medical_insurance add column village bigint;
update medical_insurance t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table medical_settlement add column village bigint;
update medical_settlement t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table member_record add column village bigint;
update member_record t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table petition_complaint add column village bigint;
update petition_complaint t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table school_enrolment add column village bigint;
update school_enrolment t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table social_assistance add column village bigint;
update social_assistance t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table water_survey add column village bigint;
update water_survey t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table person add column village bigint;
update person t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table person_index add column village bigint;
update person_index t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table signal add column village bigint;
update signal t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table clue_report add column village bigint;
update clue_report t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table clue_shield add column village bigint;
update clue_shield t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table case_entry add column village bigint;
update case_entry t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table case_flag add column village bigint;
update case_flag t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table case_follower add column village bigint;
update case_follower t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table case_objection add column village bigint;
update case_objection t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table measure add column village bigint;
update measure t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table correction add column village bigint;
update correction t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table correction_step add column village bigint;
update correction_step t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table authorisation add column village bigint;
update authorisation t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table export_item add column village bigint;
update export_item t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table household_access add column village bigint;
update household_access t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table visit_report add column village bigint;
update visit_report t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table visit_item add column village bigint;
update visit_item t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table visit_finding add column village bigint;
update visit_finding t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table visit_photo add column village bigint;
update visit_photo t set village = h.village from household h where h.county = t.county and h.id = t.household_id;
alter table visit_photo_part add column village bigint;
update visit_photo_part t set village = h.village from household h where h.county = t.county and h.id = t.household_id;

alter table asset_record alter column village set not null;
alter table disability_certificate alter column village set not null;
alter table dwelling_survey alter column village set not null;
alter table employment_month alter column village set not null;
alter table household_record alter column village set not null;
alter table illness alter column village set not null;
alter table income_statement alter column village set not null;
alter table medical_insurance alter column village set not null;
alter table medical_settlement alter column village set not null;
alter table member_record alter column village set not null;
alter table petition_complaint alter column village set not null;
alter table school_enrolment alter column village set not null;
alter table social_assistance alter column village set not null;
alter table water_survey alter column village set not null;
alter table person alter column village set not null;
alter table person_index alter column village set not null;
alter table signal alter column village set not null;
alter table clue_report alter column village set not null;
alter table clue_shield alter column village set not null;
alter table case_entry alter column village set not null;
alter table case_flag alter column village set not null;
alter table case_follower alter column village set not null;
alter table case_objection alter column village set not null;
alter table measure alter column village set not null;
alter table correction alter column village set not null;
alter table correction_step alter column village set not null;
alter table authorisation alter column village set not null;
alter table export_item alter column village set not null;
alter table household_access alter column village set not null;
alter table visit_report alter column village set not null;
alter table visit_item alter column village set not null;
alter table visit_finding alter column village set not null;
alter table visit_photo alter column village set not null;
alter table visit_photo_part alter column village set not null;
alter table clue_event alter column village set not null;
alter table signal_evidence alter column village set not null;
alter table clue_event alter column household_id set not null;
alter table signal_evidence alter column household_id set not null;
alter table batch_reject alter column area set not null, alter column feed set not null;
alter table batch_review alter column area set not null, alter column feed set not null;

comment on column asset_record.village is '12-digit code of the village the household lives in; it follows the household';
comment on column disability_certificate.village is '12-digit code of the village the household lives in; it follows the household';
comment on column dwelling_survey.village is '12-digit code of the village the household lives in; it follows the household';
comment on column employment_month.village is '12-digit code of the village the household lives in; it follows the household';
comment on column household_record.village is '12-digit code of the village the household lives in; it follows the household';
comment on column illness.village is '12-digit code of the village the household lives in; it follows the household';
comment on column income_statement.village is '12-digit code of the village the household lives in; it follows the household';
comment on column medical_insurance.village is '12-digit code of the village the household lives in; it follows the household';
comment on column medical_settlement.village is '12-digit code of the village the household lives in; it follows the household';
comment on column member_record.village is '12-digit code of the village the household lives in; it follows the household';
comment on column petition_complaint.village is '12-digit code of the village the household lives in; it follows the household';
comment on column school_enrolment.village is '12-digit code of the village the household lives in; it follows the household';
comment on column social_assistance.village is '12-digit code of the village the household lives in; it follows the household';
comment on column water_survey.village is '12-digit code of the village the household lives in; it follows the household';
comment on column person.village is '12-digit code of the village the household lives in; it follows the household';
comment on column person_index.village is '12-digit code of the village the household lives in; it follows the household';
comment on column signal.village is '12-digit code of the village the household lives in; it follows the household';
comment on column clue_report.village is '12-digit code of the village the household lives in; it follows the household';
comment on column clue_shield.village is '12-digit code of the village the household lives in; it follows the household';
comment on column case_entry.village is '12-digit code of the village the household lives in; it follows the household';
comment on column case_flag.village is '12-digit code of the village the household lives in; it follows the household';
comment on column case_follower.village is '12-digit code of the village the household lives in; it follows the household';
comment on column case_objection.village is '12-digit code of the village the household lives in; it follows the household';
comment on column measure.village is '12-digit code of the village the household lives in; it follows the household';
comment on column correction.village is '12-digit code of the village the household lives in; it follows the household';
comment on column correction_step.village is '12-digit code of the village the household lives in; it follows the household';
comment on column authorisation.village is '12-digit code of the village the household lives in; it follows the household';
comment on column export_item.village is '12-digit code of the village the household lives in; it follows the household';
comment on column household_access.village is '12-digit code of the village the household lives in; it follows the household';
comment on column visit_report.village is '12-digit code of the village the household lives in; it follows the household';
comment on column visit_item.village is '12-digit code of the village the household lives in; it follows the household';
comment on column visit_finding.village is '12-digit code of the village the household lives in; it follows the household';
comment on column visit_photo.village is '12-digit code of the village the household lives in; it follows the household';
comment on column visit_photo_part.village is '12-digit code of the village the household lives in; it follows the household';
comment on column clue_event.village is '12-digit code of the village the household lives in; it follows the household';
comment on column signal_evidence.village is '12-digit code of the village the household lives in; it follows the household';
comment on column clue_event.household_id is 'The household';
comment on column signal_evidence.household_id is 'The household';
comment on column batch_reject.area is 'Division the file covers';
comment on column batch_reject.feed is 'Code of the feed definition';
comment on column batch_review.area is 'Division the file covers';
comment on column batch_review.feed is 'Code of the feed definition';

-- Without the county a key holds on one machine alone; nobody counts on these being unique, for nobody chooses them.
drop index household_ref, person_ref;
create index household_ref on household (ref);
create index person_ref on person (ref);

-- A household that moves takes the items and findings of its visits along.
create index visit_report_household on visit_report (county, household_id);

-- What a request was told, for its transaction alone. Nothing told is nothing seen; no name is a reserved word.
drop function helpers_of, count_planned_visits;
create function household_key(county integer, household bigint) returns bigint language sql immutable
  return county::bigint * 10000000000 + household;
comment on function household_key is 'County and id of a household in one number, as households are named to a transaction';
create or replace function scope_audit() returns boolean language sql stable
  return coalesce(current_setting('shouwang.scope_audit', true), '') = 'on';
create or replace function scope_feeds() returns text language sql stable
  return nullif(current_setting('shouwang.scope_feeds', true), '');
create function scope_account() returns text language sql stable
  return nullif(current_setting('shouwang.scope_account', true), '');
comment on function scope_account is 'Account of the request';
create function scope_limited() returns boolean language sql stable
  return coalesce(current_setting('shouwang.scope_limited', true), '') = 'on';
comment on function scope_limited is 'Whether the request sees only the households named to it, within its range';
create function scope_households() returns bigint[] language sql stable
  return coalesce(nullif(current_setting('shouwang.scope_households', true), ''), '{}')::bigint[];
comment on function scope_households is 'Keys of the households a limited request sees';
create function scope_household_refs() returns uuid[] language sql stable
  return coalesce(nullif(current_setting('shouwang.scope_household_refs', true), ''), '{}')::uuid[];
comment on function scope_household_refs is 'Their public references';
create or replace function scope_is_whole() returns boolean language sql stable
  return not scope_limited() and scope_from() <= 340000000000 and scope_to() >= 349999999999;

-- A helper's account may lie higher up than whoever plans a visit sees; the household it was given is what counts. Only the work
-- gives households to accounts, and it sees all.
create function helpers_of(of_county integer, household bigint) returns table (user_id text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not has_table_privilege(session_user, 'household_access', 'insert') and not exists (
    select from household h where h.county = of_county and h.id = household and (scope_is_whole()
      or h.village between scope_from() and scope_to()
        and (not scope_limited() or household_key(h.county, h.id) = any (scope_households())))) then return; end if;
  return query select g.user_id from household_access g join account a on a.user_id = g.user_id
    where g.county = of_county and g.household_id = household and g.kind = 'helper' and g.from_at <= now()
      and (g.until is null or g.until > now()) and a.role = 'helper' and a.state = 'active'
    order by g.from_at, g.user_id;
end $$;
comment on function helpers_of is 'Helpers of a household in the scope of the request, the longest first';

-- A week is full wherever its visits are: the number alone, never which.
create function count_planned_visits(of_user text, from_day date, until_day date) returns integer
language sql stable security definer set search_path = public, pg_temp
as $$ select count(*)::integer from visit where visitor = of_user and state = 'planned' and due_on between from_day and until_day $$;
comment on function count_planned_visits is 'How many visits an account is to make within some days, in whatever place';

-- The view works with its owner's rights; it asks for itself. Files are brought to an end by the work alone, which sees them all.
create or replace view batch_source as
  select id, ref, feed, department, area, file_name, as_of, received_at from batch
  where (select scope_account()) is not null or (select has_table_privilege(session_user, 'batch', 'delete'));

do $$
declare one record;
begin
  for one in select polrelid::regclass as relation, polname as name from pg_policy loop
    execute format('drop policy %I on %s', one.name, one.relation);
  end loop;
end $$;
drop function sees_clue, sees_signal, sees_household, holds_household, scope_county_from, scope_county_to, scope_holder, scope_user;
