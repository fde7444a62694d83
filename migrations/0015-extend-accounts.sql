-- Accounts of every role, their life (made, moved, suspended), and what the sign-in needs beside the password.
alter table account drop constraint account_role_check, drop constraint account_check;
update account set role = case
  when role = 'officer' then 'clerk'
  when role = 'cadre' and area % 1000 = 0 then 'township'
  when role = 'cadre' then 'village'
  else role end;
alter table account
  add constraint account_role_check check (role in (
    'clerk', 'checker', 'leader', 'department', 'township', 'village', 'team-member', 'helper', 'supervisor', 'support-unit',
    'bank', 'donor', 'household', 'system-admin', 'security-admin', 'audit-admin')),
  add constraint account_department_check check ((role in ('department', 'bank')) = (department is not null)),
  add column state text not null default 'active' check (state in ('active', 'suspended')),
  add column created_at timestamptz not null default now(),
  add column created_by text references auth_user (id),
  add column must_change_password boolean not null default false,
  add column signed_in_at timestamptz,
  add column suspended_at timestamptz,
  add column suspended_by text references auth_user (id),
  add column suspended_reason text,
  add constraint account_suspended_check check ((state = 'suspended') = (suspended_at is not null));
comment on column account.role is 'Role as in the capability table of the contract';
comment on column account.department is 'Department code whose feeds the account may send; for department and bank accounts only';
comment on column account.state is 'active, or suspended: no sign-in, no session';
comment on column account.created_at is 'When the account was made';
comment on column account.created_by is 'Who made it; null for the platform itself';
comment on column account.must_change_password is 'The password was given by somebody else and must be changed before anything else';
comment on column account.signed_in_at is 'Last sign-in';
comment on column account.suspended_at is 'Since when suspended';
comment on column account.suspended_by is 'Who suspended it';
comment on column account.suspended_reason is 'Why';
create index account_area on account (area, role);

alter table auth_user add column two_factor_enabled boolean not null default false;
comment on column auth_user.two_factor_enabled is 'Whether a second factor is enrolled';
alter table auth_session
  add column second_factor boolean not null default false,
  add column method text not null default 'password' check (method in ('password', 'single-sign-on'));
comment on column auth_session.second_factor is 'Whether this session was opened with a second factor';
comment on column auth_session.method is 'How it was opened: password, or single-sign-on';

create table auth_two_factor (
  id text primary key,
  user_id text not null references auth_user (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
comment on table auth_two_factor is 'Second factors (time-based codes), written by the auth library';
comment on column auth_two_factor.id is 'Opaque id';
comment on column auth_two_factor.user_id is 'Whose';
comment on column auth_two_factor.secret is 'Secret of the codes, encrypted';
comment on column auth_two_factor.backup_codes is 'Unused backup codes, encrypted';
comment on column auth_two_factor.verified is 'Whether the enrolment was finished with a code';
comment on column auth_two_factor.failed_verification_count is 'Wrong codes in a row';
comment on column auth_two_factor.locked_until is 'No code is taken until then';
create unique index auth_two_factor_user on auth_two_factor (user_id);

create table auth_rate_limit (
  id text primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);
comment on table auth_rate_limit is 'Requests to the sign-in by address and path, written by the auth library';
comment on column auth_rate_limit.id is 'Opaque id';
comment on column auth_rate_limit.key is 'Address and path';
comment on column auth_rate_limit.count is 'Requests in the running window';
comment on column auth_rate_limit.last_request is 'Last request, milliseconds since 1970';

create table sign_in_attempt (
  name_key uuid primary key,
  failures integer not null,
  last_at timestamptz not null,
  locked_until timestamptz,
  minute_from timestamptz not null,
  minute_count integer not null
);
comment on table sign_in_attempt is 'Failed sign-ins by name, whether such an account exists or not, so that the answer tells nothing; swept daily';
comment on column sign_in_attempt.name_key is 'Keyed digest of the name as typed; never the name, which may be a password in the wrong box';
comment on column sign_in_attempt.failures is 'Attempts not yet followed by a success';
comment on column sign_in_attempt.last_at is 'Last attempt';
comment on column sign_in_attempt.locked_until is 'No attempt is looked at until then';
comment on column sign_in_attempt.minute_from is 'Start of the running minute';
comment on column sign_in_attempt.minute_count is 'Attempts in the running minute';

create table password_history (
  user_id text not null references auth_user (id) on delete cascade,
  set_at timestamptz not null default now(),
  hash text not null,
  primary key (user_id, set_at)
);
comment on table password_history is 'Hashes of earlier passwords, so that none comes again too soon';
comment on column password_history.user_id is 'Whose';
comment on column password_history.set_at is 'When it was set';
comment on column password_history.hash is 'Hash as the auth library made it';

do $$
declare name text;
begin
  foreach name in array array['auth_two_factor', 'auth_rate_limit', 'sign_in_attempt', 'password_history'] loop
    execute format('revoke all on %I from public', name);
    execute format('alter table %I enable row level security', name);
    execute format('grant select, insert, update, delete on %I to shouwang_auth', name);
    execute format('create policy auth on %I to shouwang_auth using (true) with check (true)', name);
  end loop;
end $$;
grant select (two_factor_enabled) on auth_user to shouwang_app;
