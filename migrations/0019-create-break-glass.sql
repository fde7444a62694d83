-- Timed access to one household outside one's area: announced, and looked at afterwards by somebody else.
create table break_glass (
  id uuid primary key default uuidv7(),
  user_id text not null references auth_user (id),
  user_area bigint not null references division (code),
  county integer not null,
  household_id bigint not null,
  household_ref uuid not null,
  head_masked text not null,
  reason text not null,
  opened_at timestamptz not null default now(),
  until timestamptz not null,
  ended_at timestamptz,
  reviewed_by text references auth_user (id),
  reviewed_at timestamptz,
  remark text,
  check (reviewed_by is distinct from user_id),
  check ((reviewed_by is null) = (reviewed_at is null))
);
comment on table break_glass is 'Access to one household outside one''s area, for a time and with a reason; rows are added, ended and reviewed';
comment on column break_glass.id is 'Public reference';
comment on column break_glass.user_id is 'Who opened it';
comment on column break_glass.user_area is 'Area of the account at that time';
comment on column break_glass.county is 'County of the household';
comment on column break_glass.household_id is 'The household';
comment on column break_glass.household_ref is 'Its public reference';
comment on column break_glass.head_masked is 'Surname of the head and stars, for those who review';
comment on column break_glass.reason is 'Why';
comment on column break_glass.opened_at is 'When it was opened, by the clock of the database';
comment on column break_glass.until is 'Until when it is open';
comment on column break_glass.ended_at is 'When whoever opened it ended it before its time';
comment on column break_glass.reviewed_by is 'Security administrator who looked at it: never whoever opened it';
comment on column break_glass.reviewed_at is 'When it was reviewed';
comment on column break_glass.remark is 'What came of it';
create index break_glass_user on break_glass (user_id, opened_at desc);
create index break_glass_area on break_glass (user_area, opened_at desc);

alter table break_glass enable row level security;
revoke all on break_glass from public;
create policy work on break_glass to shouwang_work using (true) with check (true);
create policy app on break_glass for select to shouwang_app
  using (user_id = scope_user() or user_area between area_from() and area_to());
grant select, insert, update on break_glass to shouwang_work;
grant select on break_glass to shouwang_app;

-- What is given to an account is given by the work that follows a decision, never by a request itself.
revoke insert, update on household_access from shouwang_app;
