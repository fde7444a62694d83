-- Keys of the platform, each wrapped by the master key, so that data keys change while everything runs and the master key can
-- be changed by wrapping them anew. No key stands here in the clear.
create table data_key (
  id smallint primary key check (id between 1 and 255),
  wrapped bytea not null,
  made_at timestamptz not null default now(),
  made_by text,
  active_from timestamptz not null default now(),
  settled_xid xid8,
  retired_at timestamptz
);
comment on table data_key is 'Keys that seal ID numbers, telephones, bank cards, original rows and the keys of received files; the newest whose time has come seals, all open';
comment on column data_key.id is 'First byte of every ciphertext sealed with it; 1 is the one once derived from the first master key';
comment on column data_key.wrapped is 'The key, wrapped by the master key: SM4-CTR and HMAC-SM3';
comment on column data_key.made_at is 'When it was made';
comment on column data_key.made_by is 'Account that asked for it, or cli; null for the first';
comment on column data_key.active_from is 'From when on it seals: some seconds after it was made, so that every process knows it before it meets it';
comment on column data_key.settled_xid is 'A transaction begun when every process had learned of it: whatever began earlier may still write under an older key';
comment on column data_key.retired_at is 'When it was proved that nothing is sealed with it any more';

create table kept_key (
  purpose text primary key check (purpose in ('blind-index', 'files', 'session')),
  wrapped bytea not null
);
comment on table kept_key is 'Keys that stay the same when data keys change; a change of the master key wraps them anew';
comment on column kept_key.purpose is 'blind-index: equality search; files: received files from before each had a key of its own; session: the sign-in';
comment on column kept_key.wrapped is 'The key, wrapped by the master key: SM4-CTR and HMAC-SM3';

create table key_progress (
  key_id smallint not null references data_key (id),
  place text not null,
  position bigint not null default 0,
  last_position bigint not null,
  total bigint not null,
  done bigint not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (key_id, place)
);
comment on table key_progress is 'How far the re-encryption under a new key has come; a killed run goes on from here';
comment on column key_progress.key_id is 'The new key';
comment on column key_progress.place is 'Table and column, or files';
comment on column key_progress.position is 'Block of the table up to which everything is done';
comment on column key_progress.last_position is 'Blocks the table had when the pass began';
comment on column key_progress.total is 'Ciphertexts under other keys when the first pass began';
comment on column key_progress.done is 'Ciphertexts sealed anew';
comment on column key_progress.started_at is 'When the place was begun';
comment on column key_progress.finished_at is 'When a whole pass found nothing left under another key';

alter table data_key enable row level security;
alter table kept_key enable row level security;
alter table key_progress enable row level security;
revoke all on data_key, kept_key, key_progress from public;
create policy work on data_key to shouwang_work using (true) with check (true);
create policy work on kept_key to shouwang_work using (true) with check (true);
create policy work on key_progress to shouwang_work using (true) with check (true);
grant select, insert, update on data_key, key_progress to shouwang_work;
grant select on kept_key to shouwang_work;
