-- What the platform itself keeps: the settings of a request, its keys, and who did what.

-- What is set for a request, for its transaction alone (server/platform/database/scope.ts). Nothing set is nothing
-- seen; no name is a reserved word.
create function scope_from() returns bigint language sql stable
  return nullif(current_setting('shouwang.scope_from', true), '')::bigint;
comment on function scope_from is 'First village code whose households the request may see';

create function scope_to() returns bigint language sql stable
  return nullif(current_setting('shouwang.scope_to', true), '')::bigint;
comment on function scope_to is 'Last village code whose households the request may see';

create function scope_limited() returns boolean language sql stable
  return coalesce(current_setting('shouwang.scope_limited', true), '') = 'on';
comment on function scope_limited is 'Whether the request sees only the households named to it, within its range';

create function scope_is_whole() returns boolean language sql stable
  return not scope_limited() and scope_from() <= 340000000000 and scope_to() >= 349999999999;
comment on function scope_is_whole is 'Whether the request sees every household of the province';

create function scope_households() returns bigint[] language sql stable
  return coalesce(nullif(current_setting('shouwang.scope_households', true), ''), '{}')::bigint[];
comment on function scope_households is 'Keys of the households a limited request sees';

create function scope_household_refs() returns uuid[] language sql stable
  return coalesce(nullif(current_setting('shouwang.scope_household_refs', true), ''), '{}')::uuid[];
comment on function scope_household_refs is 'Their public references';

create function scope_account() returns text language sql stable
  return nullif(current_setting('shouwang.scope_account', true), '');
comment on function scope_account is 'Account of the request';

create function scope_feeds() returns text language sql stable
  return nullif(current_setting('shouwang.scope_feeds', true), '');
comment on function scope_feeds is 'Feeds the account may see, separated by commas; null for all';

create function scope_audit() returns boolean language sql stable
  return coalesce(current_setting('shouwang.scope_audit', true), '') = 'on';
comment on function scope_audit is 'Whether the request may read the audit of its area';

create function area_from() returns bigint language sql stable
  return nullif(current_setting('shouwang.area_from', true), '')::bigint;
comment on function area_from is 'First division code of the account''s area, for what is no household: files, '
  'accounts, coverage';

create function area_to() returns bigint language sql stable
  return nullif(current_setting('shouwang.area_to', true), '')::bigint;
comment on function area_to is 'Last division code of the account''s area';

create function household_key(county integer, household bigint) returns bigint language sql immutable
  return county::bigint * 10000000000 + household;
comment on function household_key is 'County and id of a household in one number, as households are named to a '
  'transaction';

create table key_check (
  singleton boolean not null default true,
  sealed bytea not null,
  constraint key_check_pkey primary key (singleton),
  constraint key_check_one_row check (singleton)
);
comment on table key_check is 'A known text under the master key, so that a wrong key is refused at start instead of '
  'giving garbage';
comment on column key_check.singleton is 'There is one row';
comment on column key_check.sealed is 'The known text, SM4 ciphertext';

-- Keys of the platform, each wrapped by the master key, so that data keys change while everything runs and the master
-- key can be changed by wrapping them anew. No key stands here in the clear.
create table data_key (
  id smallint not null,
  wrapped bytea not null,
  made_at timestamptz not null default now(),
  made_by text,
  active_from timestamptz not null default now(),
  adopted_xid xid8,
  retired_at timestamptz,
  constraint data_key_pkey primary key (id),
  constraint data_key_id_one_byte check (id >= 1 and id <= 255)
);
comment on table data_key is 'Keys that seal ID numbers, telephones, bank cards, original rows and the keys of '
  'received files; the newest whose time has come seals, all open';
comment on column data_key.id is 'First byte of every ciphertext sealed with it; 1 is the one once derived from the '
  'first master key';
comment on column data_key.wrapped is 'The key, wrapped by the master key: SM4-CTR and HMAC-SM3';
comment on column data_key.made_at is 'When it was made';
comment on column data_key.made_by is 'Account that requested it, or cli; null for the first';
comment on column data_key.active_from is 'From when on it seals: some seconds after it was made, so that every '
  'process knows it before it meets it';
comment on column data_key.adopted_xid is 'A transaction begun when every process had learned of it: whatever began '
  'earlier may still write under an older key';
comment on column data_key.retired_at is 'When it was proved that nothing is sealed with it any more';

create table kept_key (
  purpose text not null,
  wrapped bytea not null,
  constraint kept_key_pkey primary key (purpose),
  constraint kept_key_purpose_known check (purpose in ('blind-index', 'files', 'session'))
);
comment on table kept_key is 'Keys that stay the same when data keys change; a change of the master key wraps them '
  'anew';
comment on column kept_key.purpose is 'blind-index: equality search; files: received files from before each had a key '
  'of its own; session: the sign-in';
comment on column kept_key.wrapped is 'The key, wrapped by the master key: SM4-CTR and HMAC-SM3';

create table key_progress (
  key_id smallint not null,
  place text not null,
  position bigint not null default 0,
  last_position bigint not null,
  total bigint not null,
  done bigint not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint key_progress_pkey primary key (key_id, place),
  constraint key_progress_key_id_fkey foreign key (key_id) references data_key (id)
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

create table audit_entry (
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  actor_id text,
  actor_name text not null,
  actor_role text not null,
  actor_area bigint,
  action text not null,
  outcome text not null default 'done',
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
  request_id text,
  constraint audit_entry_pkey primary key (id),
  constraint audit_entry_outcome_known check (outcome in ('done', 'refused'))
);
comment on table audit_entry is 'Who did or read what, when, from where and why; rows are only ever added, and sealed '
  'in a chain';
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
create index audit_entry_action on audit_entry (action, id);
create index audit_entry_actor on audit_entry (actor_id, id);
create index audit_entry_address on audit_entry (address, id);
create index audit_entry_at on audit_entry using brin (at);
create index audit_entry_household on audit_entry (household_ref, id) where household_ref is not null;
create index audit_entry_name on audit_entry (actor_name, id);
create index audit_entry_object on audit_entry (object_ref, id) where object_ref is not null;
create index audit_entry_refused on audit_entry (id) where outcome = 'refused';

-- The queue fills itself, with the owner's rights: no writer can leave an entry out of the chain.
create function queue_audit_entry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into audit_pending (entry_id) values (new.id);
  return null;
end $$;
comment on function queue_audit_entry is 'Puts new entries into the queue of the sealer';

create trigger audit_entry_queued after insert on audit_entry
  for each row execute function queue_audit_entry();
