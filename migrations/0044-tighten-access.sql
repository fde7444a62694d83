-- A code of the second factor is good once; whoever saw it typed cannot use it in the half minute it has left.
create table used_code (
  user_id text not null references auth_user (id) on delete cascade,
  code_key uuid not null,
  used_at timestamptz not null default now(),
  primary key (user_id, code_key)
);
comment on table used_code is 'Codes of the second factor that were shown already; swept every night';
comment on column used_code.user_id is 'Whose';
comment on column used_code.code_key is 'Keyed digest of the account and the code';
comment on column used_code.used_at is 'When it was shown';
alter table used_code enable row level security;
revoke all on used_code from public;
grant select, insert, update, delete on used_code to shouwang_auth;
create policy auth on used_code to shouwang_auth using (true) with check (true);
alter table auth_two_factor add column shown_to_all boolean not null default false;
comment on column auth_two_factor.shown_to_all is 'Of a demonstration, whose sign-in page shows the codes to everybody; such codes may come again';

-- Names of accounts, and of the files facts came from, go with what a request sees: a connection that was told nothing sees none.
drop policy app on auth_user;
create policy app on auth_user to shouwang_app using ((select scope_user()) is not null);
create or replace view batch_source as
  select id, ref, feed, department, area, file_name, as_of, received_at from batch
  where current_user <> 'shouwang_app' or (select scope_user()) is not null;

-- Who writes an entry does not choose its time or its place in the order.
revoke insert on audit_entry from shouwang_app, shouwang_work, shouwang_auth;
grant insert (actor_id, actor_name, actor_role, actor_area, action, outcome, object_kind, object_ref, household_ref, before, after, detail,
  reason, row_count, address, user_agent, request_id) on audit_entry to shouwang_app, shouwang_work, shouwang_auth;

-- What a visitor found is written once: a report gives way to another, its items and findings never change.
revoke update on visit_item, visit_finding from shouwang_app;
revoke update on visit_report from shouwang_app;
grant update (superseded) on visit_report to shouwang_app;
-- A photo belongs to a report that announced it.
alter table visit_report add column photos uuid[] not null default '{}';
comment on column visit_report.photos is 'Photos the visitor announced with it; they arrive afterwards, no others are taken';
