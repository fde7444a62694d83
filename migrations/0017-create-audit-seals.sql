-- The chain of seals over the audit, and what the last look along it found.
create table audit_seal (
  seq bigint primary key check (seq > 0),
  entry_id bigint not null unique references audit_entry (id),
  digest bytea not null check (length(digest) = 32),
  sealed_at timestamptz not null
);
comment on table audit_seal is 'One seal per audit entry: HMAC-SM3 over the seal before it and the entry; only ever added';
comment on column audit_seal.seq is 'Place in the chain, without gaps';
comment on column audit_seal.entry_id is 'The entry';
comment on column audit_seal.digest is 'HMAC-SM3, 32 bytes';
comment on column audit_seal.sealed_at is 'When; the same for all that were sealed together';

create table audit_verification (
  id bigint generated always as identity primary key,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  checked bigint not null default 0,
  wrong jsonb
);
comment on table audit_verification is 'Looks along the chain and what they found';
comment on column audit_verification.id is 'Order';
comment on column audit_verification.started_at is 'When it began';
comment on column audit_verification.finished_at is 'When it ended; null while it runs or after it was killed';
comment on column audit_verification.checked is 'Seals that were computed again';
comment on column audit_verification.wrong is 'First fault {what, entry, seq, more}; null where there is none';

alter table audit_seal enable row level security;
alter table audit_verification enable row level security;
revoke all on audit_seal, audit_verification from public;
create policy work on audit_seal to shouwang_work using (true) with check (true);
create policy work on audit_verification to shouwang_work using (true) with check (true);
create policy app on audit_seal for select to shouwang_app using (scope_audit());
grant select, insert on audit_seal to shouwang_work;
grant select on audit_seal to shouwang_app;
grant select, insert, update on audit_verification to shouwang_work;
