-- Somebody goes to a household; what they found is written once and decided by somebody else.

-- Somebody goes to a household. What they found is written once and decided by somebody else.
create table visit (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  purpose text not null,
  state text not null,
  visitor text not null,
  planned_by text,
  planned_at timestamptz not null,
  due_on date not null,
  decision_due_on date,
  level_rank smallint,
  version integer not null default 1,
  decided_by text,
  decided_at timestamptz,
  closed_note text,
  reported_on date,
  constraint visit_pkey primary key (county, id),
  constraint visit_decided_at_a_time check ((decided_by is null) = (decided_at is null)),
  constraint visit_decided_by_another check (state <> 'decided' or (decided_by is not null and decided_by <> visitor)),
  constraint visit_purpose_known check (purpose in ('verify', 'routine', 'resolve', 'track')),
  constraint visit_state_known check (state in ('planned', 'reported', 'decided', 'cancelled')),
  constraint visit_planned_by_fkey foreign key (planned_by) references auth_user (id),
  constraint visit_decided_by_fkey foreign key (decided_by) references auth_user (id),
  constraint visit_visitor_fkey foreign key (visitor) references auth_user (id)
);
comment on table visit is 'Somebody goes to a household; several clues of one household are one visit';
comment on column visit.county is '6-digit county code; distribution column';
comment on column visit.id is 'Public id';
comment on column visit.household_id is 'The household';
comment on column visit.village is '12-digit code of its village';
comment on column visit.purpose is 'verify: clues are looked into; routine: the rhythm of the grade; resolve: before '
  'a resolution; track: after one';
comment on column visit.state is 'planned, reported (waits for a decision), settled or cancelled';
comment on column visit.visitor is 'Named person who goes';
comment on column visit.planned_by is 'Who sent them; null for the platform';
comment on column visit.planned_at is 'When it was planned';
comment on column visit.due_on is 'Last day to go';
comment on column visit.decision_due_on is 'Last day to decide on the report';
comment on column visit.level_rank is 'Worst level of its clues: 1 red, 2 orange, 3 yellow; null without clues';
comment on column visit.version is 'Counts up with every change, so that a report made on an older one is noticed';
comment on column visit.decided_by is 'Who decided; never the visitor';
comment on column visit.decided_at is 'When';
comment on column visit.closed_note is 'Why it was called off or is to be done again';
comment on column visit.reported_on is 'Day of the report that counts; null while there is none';
create index visit_area on visit (village, state, due_on);
create index visit_done on visit (visitor, planned_at) where state in ('reported', 'decided');
create index visit_household on visit (county, household_id, state);
create index visit_id on visit (id);
create index visit_last on visit (county, household_id, reported_on) include (village, visitor)
  where reported_on is not null;
create index visit_of on visit (visitor, due_on, level_rank, id) include (village, county, household_id)
  where state = 'planned';
create unique index visit_planned on visit (county, household_id, purpose) where state = 'planned';
create index visit_planned_area on visit (village) include (due_on, county, household_id, visitor, level_rank, id)
  where state = 'planned';
create index visit_planned_by on visit (planned_by) where state in ('planned', 'reported');
create index visit_planned_due on visit (due_on, level_rank, id) include (village, county, household_id, visitor)
  where state = 'planned';
create index visit_reported on visit (village) include (decision_due_on, county, household_id, visitor, level_rank, id)
  where state = 'reported';
create index visit_decided_by on visit (decided_by, decided_at) where decided_by is not null;

create table visit_report (
  county integer not null,
  visit_id uuid not null,
  household_id bigint not null,
  village bigint not null,
  report uuid not null,
  by_user text not null,
  reported_at timestamptz not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  clock_ahead_seconds integer not null,
  second_visitor text not null,
  met_person bigint,
  income_per_head_fen bigint,
  rigid_spending_fen bigint,
  remark text not null,
  latitude double precision,
  longitude double precision,
  accuracy_metres integer,
  new_risks jsonb not null,
  signatures_cipher bytea,
  superseded boolean not null default false,
  photos uuid[] not null default '{}',
  constraint visit_report_pkey primary key (county, report),
  constraint visit_report_by_user_fkey foreign key (by_user) references auth_user (id)
);
comment on table visit_report is 'What the visitors found; a report that was sent back is superseded, never '
  'overwritten';
comment on column visit_report.county is '6-digit county code; distribution column';
comment on column visit_report.visit_id is 'The visit';
comment on column visit_report.household_id is 'The household';
comment on column visit_report.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column visit_report.report is 'Made on the device: the same report twice counts once';
comment on column visit_report.by_user is 'First visitor';
comment on column visit_report.reported_at is 'When it reached the server';
comment on column visit_report.started_at is 'When the visit began, by the clock of the device';
comment on column visit_report.ended_at is 'When it ended, by the clock of the device';
comment on column visit_report.clock_ahead_seconds is 'How far ahead of the server the clock of the device was when '
  'it sent';
comment on column visit_report.second_visitor is 'Name of the second visitor';
comment on column visit_report.met_person is 'Member who was met; null where nobody was at home';
comment on column visit_report.income_per_head_fen is 'Income a head in twelve months as the household states it; 分';
comment on column visit_report.rigid_spending_fen is 'Rigid spending in twelve months as the household states it; 分';
comment on column visit_report.remark is 'Anything else; long numbers are masked';
comment on column visit_report.latitude is 'Where the report was made, WGS 84';
comment on column visit_report.longitude is 'Where the report was made, WGS 84';
comment on column visit_report.accuracy_metres is 'How exact the position is';
comment on column visit_report.new_risks is 'Risks no clue spoke of: cause and words';
comment on column visit_report.signatures_cipher is 'Signatures as drawn, JSON, SM4 ciphertext';
comment on column visit_report.superseded is 'It was sent back for another visit';
comment on column visit_report.photos is 'Photos the visitor announced with it; they arrive afterwards, no others are '
  'taken';
create index visit_report_by on visit_report (by_user, reported_at);
-- A household that moves takes the items and findings of its visits along.
create index visit_report_household on visit_report (county, household_id);
create index visit_report_visit on visit_report (county, visit_id, reported_at);

create table visit_item (
  county integer not null,
  report uuid not null,
  household_id bigint not null,
  village bigint not null,
  item text not null,
  result text not null,
  note text not null,
  constraint visit_item_pkey primary key (county, report, item),
  constraint visit_item_item_known check (item in ('food', 'clothing', 'education', 'medical', 'housing', 'water',
    'income', 'spending', 'self-help')),
  constraint visit_item_result_known check (result in ('good', 'problem', 'not-concerned'))
);
comment on table visit_item is 'Findings of a visit item by item: two assurances, three guarantees and water, income, '
  'spending, self-help';
comment on column visit_item.county is '6-digit county code; distribution column';
comment on column visit_item.report is 'The report';
comment on column visit_item.household_id is 'The household';
comment on column visit_item.village is '12-digit code of the village the household lives in; it follows the household';
comment on column visit_item.item is 'food, clothing, education, medical, housing, water, income, spending or '
  'self-help';
comment on column visit_item.result is 'good, problem or not-concerned';
comment on column visit_item.note is 'What was seen';

create table visit_finding (
  county integer not null,
  report uuid not null,
  clue_id uuid not null,
  household_id bigint not null,
  village bigint not null,
  outcome text not null,
  reason text,
  note text not null,
  proof jsonb,
  constraint visit_finding_pkey primary key (county, report, clue_id),
  constraint visit_finding_outcome_known check (outcome in ('confirm', 'exclude', 'solved'))
);
comment on table visit_finding is 'What the visitors propose for a clue';
comment on column visit_finding.county is '6-digit county code; distribution column';
comment on column visit_finding.report is 'The report';
comment on column visit_finding.clue_id is 'The clue';
comment on column visit_finding.household_id is 'The household';
comment on column visit_finding.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column visit_finding.outcome is 'confirm, exclude or solved by the department';
comment on column visit_finding.reason is 'Why it is no risk, where excluded';
comment on column visit_finding.note is 'What was seen';
comment on column visit_finding.proof is 'For solved: department, day it was done and the paper that proves it';

create table visit_photo (
  county integer not null,
  id uuid not null,
  household_id bigint not null,
  village bigint not null,
  visit_id uuid not null,
  size integer not null,
  received integer not null default 0,
  sha256 text not null,
  file text,
  taken_by text not null,
  at timestamptz not null,
  constraint visit_photo_pkey primary key (county, id),
  constraint visit_photo_received_within_size check (received <= size),
  constraint visit_photo_taken_by_fkey foreign key (taken_by) references auth_user (id)
);
comment on table visit_photo is 'Photos of a visit; they may arrive in parts, before or after the report';
comment on column visit_photo.county is '6-digit county code; distribution column';
comment on column visit_photo.id is 'Made on the device';
comment on column visit_photo.household_id is 'The household';
comment on column visit_photo.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column visit_photo.visit_id is 'The visit';
comment on column visit_photo.size is 'Bytes of the whole photo';
comment on column visit_photo.received is 'Bytes that have arrived';
comment on column visit_photo.sha256 is 'Digest of the whole photo, hex, as the device made it';
comment on column visit_photo.file is 'Encrypted file it is kept in, once it is whole';
comment on column visit_photo.taken_by is 'Account that sent it';
comment on column visit_photo.at is 'When the first part arrived';
create index visit_photo_visit on visit_photo (county, visit_id);

create table visit_photo_part (
  county integer not null,
  photo_id uuid not null,
  household_id bigint not null,
  village bigint not null,
  from_byte integer not null,
  content_cipher bytea not null,
  constraint visit_photo_part_pkey primary key (county, photo_id, from_byte)
);
comment on table visit_photo_part is 'Parts of photos on their way; gone once the photo is whole';
comment on column visit_photo_part.county is '6-digit county code; distribution column';
comment on column visit_photo_part.photo_id is 'The photo';
comment on column visit_photo_part.household_id is 'The household';
comment on column visit_photo_part.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column visit_photo_part.from_byte is 'Where it begins';
comment on column visit_photo_part.content_cipher is 'Its bytes, SM4 ciphertext';

-- A week is full wherever its visits are: the number alone, never which.
create function count_planned_visits(of_user text, from_day date, until_day date) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from visit
  where visitor = of_user and state = 'planned' and due_on between from_day and until_day
$$;
comment on function count_planned_visits is 'How many visits an account is to make within some days, in whatever place';

-- A helper's account may lie higher up than whoever plans a visit sees; the household granted to it is what counts.
-- Only the work grants households to accounts, and it sees all.
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
