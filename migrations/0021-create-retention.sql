-- What is erased when nobody needs it any more: asked for by one, decided by another, applied by a job that can be killed.
create table retention_run (
  id uuid primary key default uuidv7(),
  as_of date not null,
  digest text not null,
  state text not null default 'requested' check (state in ('requested', 'running', 'done', 'declined')),
  requested_by text not null references auth_user (id),
  requested_at timestamptz not null,
  decided_by text references auth_user (id),
  decided_at timestamptz,
  reason text,
  finished_at timestamptz,
  check (decided_by <> requested_by),
  check ((state = 'requested') = (decided_by is null)),
  check ((decided_by is null) = (decided_at is null)),
  check ((state = 'done') = (finished_at is not null))
);
comment on table retention_run is 'Runs of the retention policy; rows are only ever added and decided';
comment on column retention_run.id is 'Public reference';
comment on column retention_run.as_of is 'Day the months are counted back from';
comment on column retention_run.digest is 'SM3 of the report it was asked for';
comment on column retention_run.state is 'requested: waits for a second person; running; done; declined';
comment on column retention_run.requested_by is 'Who asked';
comment on column retention_run.requested_at is 'When';
comment on column retention_run.decided_by is 'Who decided: never whoever asked';
comment on column retention_run.decided_at is 'When';
comment on column retention_run.reason is 'Reason of the decision';
comment on column retention_run.finished_at is 'When all rules were through';

create table retention_result (
  run_id uuid not null references retention_run (id),
  rule text not null,
  before timestamptz not null,
  due bigint not null,
  taken bigint not null default 0,
  finished_at timestamptz,
  primary key (run_id, rule)
);
comment on table retention_result is 'What a run was to take by each rule, and what it took; counted in the same transaction as it is taken';
comment on column retention_result.run_id is 'The run';
comment on column retention_result.rule is 'Key of the rule in the policy';
comment on column retention_result.before is 'Everything older than this is taken';
comment on column retention_result.due is 'How many were due when the run was asked for';
comment on column retention_result.taken is 'How many were taken so far';
comment on column retention_result.finished_at is 'When nothing was left to take';

do $$
declare name text;
begin
  foreach name in array array['retention_run', 'retention_result'] loop
    execute format('revoke all on %I from public', name);
    execute format('alter table %I enable row level security', name);
    execute format('create policy work on %I to shouwang_work using (true) with check (true)', name);
    execute format('grant select, insert, update on %I to shouwang_work', name);
  end loop;
end $$;
-- Sessions are taken under the sign-in's role, in one transaction with their count.
create policy auth on retention_result to shouwang_auth using (true) with check (true);
grant select on retention_result to shouwang_auth;
grant update (taken, finished_at) on retention_result to shouwang_auth;

-- An erased cell is null: it names no key, and readers show it as erased.
alter table batch_reject alter column row_cipher drop not null;
alter table batch_review alter column row_cipher drop not null;
comment on column batch_reject.row_cipher is 'The row as sent, encrypted; null once its time was over';
comment on column batch_review.row_cipher is 'The row as sent, encrypted; null once it was decided and its time was over';
alter table batch add column file_erased_at timestamptz;
comment on column batch.file_erased_at is 'When the received file was removed after its time; what it told stays';
create index batch_file on batch (file_ref);
