-- The chain of seals over the audit, and alarms over it.

-- The queue fills itself, with the owner's rights: no writer can leave an entry out of the chain.
create table audit_pending (
  entry_id bigint not null,
  constraint audit_pending_pkey primary key (entry_id)
);
comment on table audit_pending is 'Entries that are not sealed yet';
comment on column audit_pending.entry_id is 'The entry';

-- The chain of seals over the audit, and what the last look along it found.
create table audit_seal (
  seq bigint not null,
  entry_id bigint not null,
  digest bytea not null,
  sealed_at timestamptz not null,
  constraint audit_seal_pkey primary key (seq),
  constraint audit_seal_entry_id_key unique (entry_id),
  constraint audit_seal_digest_length check (length(digest) = 32),
  constraint audit_seal_seq_from_one check (seq > 0),
  constraint audit_seal_entry_id_fkey foreign key (entry_id) references audit_entry (id)
);
comment on table audit_seal is 'One seal per audit entry: HMAC-SM3 over the seal before it and the entry; only ever '
  'added';
comment on column audit_seal.seq is 'Place in the chain, without gaps';
comment on column audit_seal.entry_id is 'The entry';
comment on column audit_seal.digest is 'HMAC-SM3, 32 bytes';
comment on column audit_seal.sealed_at is 'When; the same for all that were sealed together';

create table audit_verification (
  id bigint generated always as identity,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  checked bigint not null default 0,
  wrong jsonb,
  constraint audit_verification_pkey primary key (id)
);
comment on table audit_verification is 'Looks along the chain and what they found';
comment on column audit_verification.id is 'Order';
comment on column audit_verification.started_at is 'When it began';
comment on column audit_verification.finished_at is 'When it ended; null while it runs or after it was killed';
comment on column audit_verification.checked is 'Seals that were computed again';
comment on column audit_verification.wrong is 'First fault {what, entry, seq, more}; null where there is none';

-- Alarms over the audit, and indexes for its search.
create table audit_alarm (
  id uuid not null default uuidv7(),
  kind text not null,
  actor_id text,
  actor_name text not null,
  actor_area bigint,
  from_at timestamptz not null,
  to_at timestamptz not null,
  count bigint not null,
  threshold bigint not null,
  bucket text not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  reason text,
  constraint audit_alarm_pkey primary key (id),
  constraint audit_alarm_acknowledged_at_a_time check ((acknowledged_by is null) = (acknowledged_at is null)),
  constraint audit_alarm_acknowledged_by_another check (acknowledged_by is null
    or (acknowledged_by is distinct from actor_id)),
  constraint audit_alarm_kind_known check (kind in ('many-households', 'night-access', 'outside-work',
    'failed-sign-ins', 'many-refusals', 'large-export', 'break-glass', 'tally-differences')),
  constraint audit_alarm_acknowledged_by_fkey foreign key (acknowledged_by) references auth_user (id)
);
comment on table audit_alarm is 'Unusual access found in the audit; an alarm grows while it goes on and is '
  'acknowledged by somebody else';
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
