-- Alarms over the audit, and indexes for its search.
create table audit_alarm (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('many-households', 'night-access', 'outside-work', 'failed-sign-ins', 'many-refusals',
    'large-export', 'break-glass')),
  actor_id text,
  actor_name text not null,
  actor_area bigint,
  from_at timestamptz not null,
  to_at timestamptz not null,
  count bigint not null,
  threshold bigint not null,
  bucket text not null,
  acknowledged_by text references auth_user (id),
  acknowledged_at timestamptz,
  reason text,
  check (acknowledged_by is null or acknowledged_by is distinct from actor_id),
  check ((acknowledged_by is null) = (acknowledged_at is null))
);
comment on table audit_alarm is 'Unusual access found in the audit; an alarm grows while it goes on and is acknowledged by somebody else';
comment on column audit_alarm.id is 'Public reference';
comment on column audit_alarm.kind is 'What is unusual';
comment on column audit_alarm.actor_id is 'Account it is about; null for failed sign-ins of no account';
comment on column audit_alarm.actor_name is 'Sign-in name';
comment on column audit_alarm.actor_area is 'Area of the account';
comment on column audit_alarm.from_at is 'First entry behind it';
comment on column audit_alarm.to_at is 'Last entry behind it';
comment on column audit_alarm.count is 'How many households, sign-ins, refusals or rows';
comment on column audit_alarm.threshold is 'From how many on it was an alarm';
comment on column audit_alarm.bucket is 'Hour, night or entry it belongs to: the same is found again as the same alarm';
comment on column audit_alarm.acknowledged_by is 'Who said what came of it: never the account it is about';
comment on column audit_alarm.acknowledged_at is 'When';
comment on column audit_alarm.reason is 'What came of it';
create unique index audit_alarm_once on audit_alarm (kind, actor_name, bucket);
create index audit_alarm_open on audit_alarm (from_at desc) where acknowledged_at is null;

alter table audit_alarm enable row level security;
revoke all on audit_alarm from public;
create policy work on audit_alarm to shouwang_work using (true) with check (true);
create policy app on audit_alarm to shouwang_app
  using (scope_audit() and (actor_area between area_from() and area_to()
    or actor_area is null and area_from() % 10000000000 = 0 and area_to() % 10000000000 = 9999999999));
grant select, insert, update on audit_alarm to shouwang_work;
grant select, update on audit_alarm to shouwang_app;

-- Entries of no area (the platform, failed sign-ins) are read by the administrators of the province alone.
drop policy app on audit_entry;
create policy app on audit_entry for select to shouwang_app using (
  (select scope_audit()) and (actor_area >= (select area_from()) and actor_area <= (select area_to())
    or actor_area is null and (select area_from()) % 10000000000 = 0 and (select area_to()) % 10000000000 = 9999999999)
  or (select scope_holder()) is not null and household_ref in (select ref from household));

create index audit_entry_action on audit_entry (action, id);
create index audit_entry_refused on audit_entry (id) where outcome = 'refused';
create index audit_entry_address on audit_entry (address, id);
create index audit_entry_object on audit_entry (object_ref, id) where object_ref is not null;
create index audit_entry_name on audit_entry (actor_name, id);
