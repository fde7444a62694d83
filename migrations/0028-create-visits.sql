-- Somebody goes to a household. What they found is written once and decided by somebody else.
create table visit (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  purpose text not null check (purpose in ('verify', 'routine', 'resolve', 'track')),
  state text not null check (state in ('planned', 'reported', 'settled', 'cancelled')),
  visitor text not null references auth_user (id),
  planned_by text references auth_user (id),
  planned_at timestamptz not null,
  due_on date not null,
  settle_due_on date,
  level_rank smallint,
  version integer not null default 1,
  settled_by text references auth_user (id),
  settled_at timestamptz,
  closed_note text,
  primary key (county, id),
  check (state <> 'settled' or (settled_by is not null and settled_by <> visitor)),
  check ((settled_by is null) = (settled_at is null))
);
comment on table visit is 'Somebody goes to a household; several clues of one household are one visit';
comment on column visit.county is '6-digit county code; distribution column';
comment on column visit.id is 'Public id';
comment on column visit.household_id is 'The household';
comment on column visit.village is '12-digit code of its village';
comment on column visit.purpose is 'verify: clues are looked into; routine: the rhythm of the grade; resolve: before a resolution; track: after one';
comment on column visit.state is 'planned, reported (waits for a decision), settled or cancelled';
comment on column visit.visitor is 'Named person who goes';
comment on column visit.planned_by is 'Who sent them; null for the platform';
comment on column visit.planned_at is 'When it was planned';
comment on column visit.due_on is 'Last day to go';
comment on column visit.settle_due_on is 'Last day to decide on the report';
comment on column visit.level_rank is 'Worst level of its clues: 1 red, 2 orange, 3 yellow; null without clues';
comment on column visit.version is 'Counts up with every change, so that a report made on an older one is noticed';
comment on column visit.settled_by is 'Who decided; never the visitor';
comment on column visit.settled_at is 'When';
comment on column visit.closed_note is 'Why it was called off or is to be done again';
create index visit_id on visit (id);
create index visit_household on visit (county, household_id, state);
create unique index visit_planned on visit (county, household_id, purpose) where state = 'planned';
create index visit_of on visit (visitor, due_on) include (village) where state = 'planned';
create index visit_area on visit (village, state, due_on);
create index visit_done on visit (visitor, planned_at) where state in ('reported', 'settled');
create index visit_settled_by on visit (settled_by, settled_at) where settled_by is not null;

create table visit_report (
  county integer not null,
  visit_id uuid not null,
  household_id bigint not null,
  report uuid not null,
  by_user text not null references auth_user (id),
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
  primary key (county, report)
);
comment on table visit_report is 'What the visitors found; a report that was asked for again is superseded, never overwritten';
comment on column visit_report.county is '6-digit county code; distribution column';
comment on column visit_report.visit_id is 'The visit';
comment on column visit_report.household_id is 'The household';
comment on column visit_report.report is 'Made on the device: the same report twice counts once';
comment on column visit_report.by_user is 'First visitor';
comment on column visit_report.reported_at is 'When it reached the server';
comment on column visit_report.started_at is 'When the visit began, by the clock of the device';
comment on column visit_report.ended_at is 'When it ended, by the clock of the device';
comment on column visit_report.clock_ahead_seconds is 'How far ahead of the server the clock of the device was when it sent';
comment on column visit_report.second_visitor is 'Name of the second visitor';
comment on column visit_report.met_person is 'Member who was met; null where nobody was at home';
comment on column visit_report.income_per_head_fen is 'Income a head in twelve months as the household says; 分';
comment on column visit_report.rigid_spending_fen is 'Rigid spending in twelve months as the household says; 分';
comment on column visit_report.remark is 'Anything else; long numbers are masked';
comment on column visit_report.latitude is 'Where the report was made, WGS 84';
comment on column visit_report.longitude is 'Where the report was made, WGS 84';
comment on column visit_report.accuracy_metres is 'How exact the position is';
comment on column visit_report.new_risks is 'Risks no clue spoke of: cause and words';
comment on column visit_report.signatures_cipher is 'Signatures as drawn, JSON, SM4 ciphertext';
comment on column visit_report.superseded is 'Another visit was asked for';
create index visit_report_visit on visit_report (county, visit_id, reported_at);

create table visit_item (
  county integer not null,
  report uuid not null,
  household_id bigint not null,
  item text not null check (item in ('food', 'clothing', 'education', 'medical', 'housing', 'water', 'income', 'spending', 'self-help')),
  result text not null check (result in ('good', 'problem', 'not-concerned')),
  note text not null,
  primary key (county, report, item)
);
comment on table visit_item is 'Findings of a visit item by item: two assurances, three guarantees and water, income, spending, self-help';
comment on column visit_item.county is '6-digit county code; distribution column';
comment on column visit_item.report is 'The report';
comment on column visit_item.household_id is 'The household';
comment on column visit_item.item is 'food, clothing, education, medical, housing, water, income, spending or self-help';
comment on column visit_item.result is 'good, problem or not-concerned';
comment on column visit_item.note is 'What was seen';

create table visit_finding (
  county integer not null,
  report uuid not null,
  clue_id uuid not null,
  household_id bigint not null,
  outcome text not null check (outcome in ('confirm', 'exclude', 'solved')),
  reason text,
  note text not null,
  primary key (county, report, clue_id)
);
comment on table visit_finding is 'What the visitors say should become of a clue';
comment on column visit_finding.county is '6-digit county code; distribution column';
comment on column visit_finding.report is 'The report';
comment on column visit_finding.clue_id is 'The clue';
comment on column visit_finding.household_id is 'The household';
comment on column visit_finding.outcome is 'confirm, exclude or solved by the department';
comment on column visit_finding.reason is 'Why it is no risk, where excluded';
comment on column visit_finding.note is 'What was seen';

create table visit_photo (
  county integer not null,
  id uuid not null,
  household_id bigint not null,
  visit_id uuid not null,
  size integer not null,
  received integer not null default 0,
  sha256 text not null,
  file text,
  taken_by text not null references auth_user (id),
  at timestamptz not null,
  primary key (county, id),
  check (received <= size)
);
comment on table visit_photo is 'Photos of a visit; they may arrive in parts, before or after the report';
comment on column visit_photo.county is '6-digit county code; distribution column';
comment on column visit_photo.id is 'Made on the device';
comment on column visit_photo.household_id is 'The household';
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
  from_byte integer not null,
  content_cipher bytea not null,
  primary key (county, photo_id, from_byte)
);
comment on table visit_photo_part is 'Parts of photos on their way; gone once the photo is whole';
comment on column visit_photo_part.county is '6-digit county code; distribution column';
comment on column visit_photo_part.photo_id is 'The photo';
comment on column visit_photo_part.household_id is 'The household';
comment on column visit_photo_part.from_byte is 'Where it begins';
comment on column visit_photo_part.content_cipher is 'Its bytes, SM4 ciphertext';

create table field_device (
  device uuid primary key,
  user_id text not null references auth_user (id),
  token_digest text not null,
  name text not null,
  registered_at timestamptz not null,
  synced_at timestamptz,
  revoked_at timestamptz,
  revoked_by text references auth_user (id)
);
comment on table field_device is 'Telephones that hold households of an account; a revoked one erases itself when it next calls';
comment on column field_device.device is 'Made on the device';
comment on column field_device.user_id is 'The account';
comment on column field_device.token_digest is 'SM3 of the token the device proves itself with';
comment on column field_device.name is 'Browser and system in short';
comment on column field_device.registered_at is 'Since when it is known';
comment on column field_device.synced_at is 'When it last took its households';
comment on column field_device.revoked_at is 'When it was revoked; null while it may hold data';
comment on column field_device.revoked_by is 'Who revoked it';
create index field_device_user on field_device (user_id);

do $$
declare name text;
begin
  foreach name in array array['visit', 'visit_report', 'visit_item', 'visit_finding', 'visit_photo', 'visit_photo_part'] loop
    execute format('revoke all on %I from public', name);
    execute format('alter table %I enable row level security', name);
    execute format('create policy work on %I to shouwang_work using (true) with check (true)', name);
    if name = 'visit' then
      execute format('create policy app on %I to shouwang_app using ((select scope_is_whole()) or '
        '(village >= (select scope_from()) and village <= (select scope_to()) and ((select scope_holder()) is null '
        'or holds_household(county, household_id))))', name);
    else
      execute format('create policy app on %I to shouwang_app using ('
        '(county >= (select scope_county_from()) and county <= (select scope_county_to())) or sees_household(county, household_id))', name);
    end if;
    execute format('grant select, insert, update on %I to shouwang_app', name);
    execute format('grant select, insert, update, delete, maintain, truncate on %I to shouwang_work', name);
  end loop;
end $$;
grant delete on visit_photo_part to shouwang_app;
alter table field_device enable row level security;
revoke all on field_device from public;
create policy work on field_device to shouwang_work using (true) with check (true);
create policy app on field_device to shouwang_app using (user_id = scope_user());
grant select, insert, update on field_device to shouwang_app;
grant select, insert, update, delete on field_device to shouwang_work;
