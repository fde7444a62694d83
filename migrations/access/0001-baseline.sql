-- Accounts, how they sign in, and which households are given to whom.

-- Tables of the auth library (user, session, login, verification) and ours: what an account is and where it may look.
create table auth_user (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  username text,
  display_username text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  two_factor_enabled boolean not null default false,
  constraint auth_user_pkey primary key (id),
  constraint auth_user_email_key unique (email),
  constraint auth_user_username_key unique (username)
);
comment on table auth_user is 'Sign-in identities, written by the auth library';
comment on column auth_user.id is 'Opaque id';
comment on column auth_user.name is 'Name shown on screen';
comment on column auth_user.email is 'Address, unique; for accounts without mail a placeholder below .invalid';
comment on column auth_user.email_verified is 'Whether the address was confirmed';
comment on column auth_user.image is 'Unused';
comment on column auth_user.username is 'Sign-in name, lower case';
comment on column auth_user.display_username is 'Sign-in name as typed at creation';
comment on column auth_user.created_at is 'When created';
comment on column auth_user.updated_at is 'When last changed';
comment on column auth_user.two_factor_enabled is 'Whether a second factor is enrolled';

create table account (
  user_id text not null,
  role text not null,
  area bigint not null,
  department text,
  state text not null default 'active',
  created_at timestamptz not null default now(),
  created_by text,
  must_change_password boolean not null default false,
  signed_in_at timestamptz,
  suspended_at timestamptz,
  suspended_by text,
  suspended_reason text,
  constraint account_pkey primary key (user_id),
  constraint account_department_of_role check (((role in ('department', 'bank')) = (department is not null))),
  constraint account_role_known check (role in ('clerk', 'checker', 'leader', 'department', 'township', 'village',
    'team-member', 'helper', 'supervisor', 'support-unit', 'bank', 'donor', 'household', 'system-admin',
    'security-admin', 'audit-admin')),
  constraint account_state_known check (state in ('active', 'suspended')),
  constraint account_suspended_since check ((state = 'suspended') = (suspended_at is not null)),
  constraint account_area_fkey foreign key (area) references division (code),
  constraint account_created_by_fkey foreign key (created_by) references auth_user (id),
  constraint account_suspended_by_fkey foreign key (suspended_by) references auth_user (id),
  constraint account_user_id_fkey foreign key (user_id) references auth_user (id) on delete cascade
);
comment on table account is 'What a user is on the platform: role, area, department';
comment on column account.user_id is 'The sign-in identity';
comment on column account.role is 'Role as in the capability table of the contract';
comment on column account.area is 'Division whose households the account may see';
comment on column account.department is 'Department code whose feeds the account may send; for department and bank '
  'accounts only';
comment on column account.state is 'active, or suspended: no sign-in, no session';
comment on column account.created_at is 'When the account was made';
comment on column account.created_by is 'Who made it; null for the platform itself';
comment on column account.must_change_password is 'The password was given by somebody else and must be changed before '
  'anything else';
comment on column account.signed_in_at is 'Last sign-in';
comment on column account.suspended_at is 'Since when suspended';
comment on column account.suspended_by is 'Who suspended it';
comment on column account.suspended_reason is 'Why';
create index account_area on account (area, role);

create table household_access (
  county integer not null,
  household_id bigint not null,
  village bigint not null,
  user_id text not null,
  kind text not null,
  from_at timestamptz not null default now(),
  until timestamptz,
  granted_by text,
  reason text,
  constraint household_access_pkey primary key (county, household_id, user_id, kind, from_at),
  constraint household_access_kind_known check (kind in ('helper', 'own', 'break-glass')),
  constraint household_access_granted_by_fkey foreign key (granted_by) references auth_user (id),
  constraint household_access_user_id_fkey foreign key (user_id) references auth_user (id)
);
comment on table household_access is 'Households given to an account: a helper''s, a household''s own, or opened by '
  'break-glass for a time; ended, never deleted';
comment on column household_access.county is '6-digit county code; distribution column';
comment on column household_access.household_id is 'The household';
comment on column household_access.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column household_access.user_id is 'The account that may see it';
comment on column household_access.kind is 'helper, own or break-glass';
comment on column household_access.from_at is 'Since when';
comment on column household_access.until is 'Until when; null as long as nobody ends it';
comment on column household_access.granted_by is 'Who gave it; null for the platform itself';
comment on column household_access.reason is 'Why';
create index household_access_user on household_access (user_id, county, household_id) include (kind, from_at, until);

-- What was handed over from one account to another, piece by piece, so that exactly that can be taken back.
create table handover (
  id uuid not null default uuidv7(),
  from_user text not null,
  to_user text not null,
  at timestamptz not null,
  by_user text not null,
  reason text not null,
  taken_back_at timestamptz,
  taken_back_by text,
  constraint handover_pkey primary key (id),
  constraint handover_taken_back_by_somebody check ((taken_back_at is null) = (taken_back_by is null)),
  constraint handover_to_another check (from_user <> to_user),
  constraint handover_by_user_fkey foreign key (by_user) references auth_user (id),
  constraint handover_from_user_fkey foreign key (from_user) references auth_user (id),
  constraint handover_taken_back_by_fkey foreign key (taken_back_by) references auth_user (id),
  constraint handover_to_user_fkey foreign key (to_user) references auth_user (id)
);
comment on table handover is 'Open work that went from one account to another';
comment on column handover.id is 'Public reference';
comment on column handover.from_user is 'Who gave it';
comment on column handover.to_user is 'Who got it';
comment on column handover.at is 'When';
comment on column handover.by_user is 'Who handed it over';
comment on column handover.reason is 'Why';
comment on column handover.taken_back_at is 'When what was still open went back; null as long as nobody took it back';
comment on column handover.taken_back_by is 'Who took it back';
create index handover_from on handover (from_user, at desc) where taken_back_at is null;

create table handover_item (
  county integer not null,
  handover_id uuid not null,
  part text not null,
  item text not null,
  constraint handover_item_pkey primary key (county, handover_id, part, item),
  constraint handover_item_handover_id_fkey foreign key (handover_id) references handover (id)
);
comment on table handover_item is 'Each piece of work that a handover moved';
comment on column handover_item.county is '6-digit county code; distribution column; 0 for what belongs to no '
  'household';
comment on column handover_item.handover_id is 'The handover';
comment on column handover_item.part is 'Kind of work: household-access, planned-visits, measures …';
comment on column handover_item.item is 'The row it is, by its own key';

create table auth_session (
  id text not null,
  user_id text not null,
  token text not null,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  second_factor boolean not null default false,
  method text not null default 'password',
  constraint auth_session_pkey primary key (id),
  constraint auth_session_token_key unique (token),
  constraint auth_session_method_known check (method in ('password', 'single-sign-on')),
  constraint auth_session_user_id_fkey foreign key (user_id) references auth_user (id) on delete cascade
);
comment on table auth_session is 'Signed-in sessions, written by the auth library';
comment on column auth_session.id is 'Opaque id';
comment on column auth_session.user_id is 'Whose session';
comment on column auth_session.token is 'Session token';
comment on column auth_session.expires_at is 'When it ends';
comment on column auth_session.ip_address is 'From where';
comment on column auth_session.user_agent is 'With which browser';
comment on column auth_session.created_at is 'When signed in';
comment on column auth_session.updated_at is 'When last prolonged';
comment on column auth_session.second_factor is 'Whether this session was opened with a second factor';
comment on column auth_session.method is 'How it was opened: password, or single-sign-on';
create index auth_session_user on auth_session (user_id);

create table auth_login (
  id text not null,
  account_id text not null,
  provider_id text not null,
  user_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint auth_login_pkey primary key (id),
  constraint auth_login_user_id_fkey foreign key (user_id) references auth_user (id) on delete cascade
);
comment on table auth_login is 'Ways a user signs in (password hash, single sign-on), written by the auth library';
comment on column auth_login.id is 'Opaque id';
comment on column auth_login.account_id is 'Id at the provider';
comment on column auth_login.provider_id is 'credential, or the provider''s name';
comment on column auth_login.user_id is 'Whose login';
comment on column auth_login.access_token is 'Unused without single sign-on';
comment on column auth_login.refresh_token is 'Unused without single sign-on';
comment on column auth_login.id_token is 'Unused without single sign-on';
comment on column auth_login.access_token_expires_at is 'Unused without single sign-on';
comment on column auth_login.refresh_token_expires_at is 'Unused without single sign-on';
comment on column auth_login.scope is 'Unused without single sign-on';
comment on column auth_login.password is 'scrypt hash of the password';
comment on column auth_login.created_at is 'When created';
comment on column auth_login.updated_at is 'When last changed';
create index auth_login_user on auth_login (user_id);

create table auth_verification (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint auth_verification_pkey primary key (id)
);
comment on table auth_verification is 'One-time values of the auth library';
comment on column auth_verification.id is 'Opaque id';
comment on column auth_verification.identifier is 'What is verified';
comment on column auth_verification.value is 'The one-time value';
comment on column auth_verification.expires_at is 'When it lapses';
comment on column auth_verification.created_at is 'When created';
comment on column auth_verification.updated_at is 'When last changed';

create table auth_two_factor (
  id text not null,
  user_id text not null,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz,
  shown_to_all boolean not null default false,
  constraint auth_two_factor_pkey primary key (id),
  constraint auth_two_factor_user_id_fkey foreign key (user_id) references auth_user (id) on delete cascade
);
comment on table auth_two_factor is 'Second factors (time-based codes), written by the auth library';
comment on column auth_two_factor.id is 'Opaque id';
comment on column auth_two_factor.user_id is 'Whose';
comment on column auth_two_factor.secret is 'Secret of the codes, encrypted';
comment on column auth_two_factor.backup_codes is 'Unused backup codes, encrypted';
comment on column auth_two_factor.verified is 'Whether the enrolment was finished with a code';
comment on column auth_two_factor.failed_verification_count is 'Wrong codes in a row';
comment on column auth_two_factor.locked_until is 'No code is taken until then';
comment on column auth_two_factor.shown_to_all is 'Of a demonstration, whose sign-in page shows the codes to '
  'everybody; such codes may come again';
create unique index auth_two_factor_user on auth_two_factor (user_id);

-- A code of the second factor is good once; whoever saw it typed cannot use it in the half minute it has left.
create table used_code (
  user_id text not null,
  code_key uuid not null,
  used_at timestamptz not null default now(),
  constraint used_code_pkey primary key (user_id, code_key),
  constraint used_code_user_id_fkey foreign key (user_id) references auth_user (id) on delete cascade
);
comment on table used_code is 'Codes of the second factor that were shown already; swept every night';
comment on column used_code.user_id is 'Whose';
comment on column used_code.code_key is 'Keyed digest of the account and the code';
comment on column used_code.used_at is 'When it was shown';

create table sign_in_attempt (
  name_key uuid not null,
  failures integer not null,
  last_at timestamptz not null,
  locked_until timestamptz,
  minute_from timestamptz not null,
  minute_count integer not null,
  constraint sign_in_attempt_pkey primary key (name_key)
);
comment on table sign_in_attempt is 'Failed sign-ins by name, whether such an account exists or not, so that the '
  'answer tells nothing; swept daily';
comment on column sign_in_attempt.name_key is 'Keyed digest of the name as typed; never the name, which may be a '
  'password in the wrong box';
comment on column sign_in_attempt.failures is 'Attempts not yet followed by a success';
comment on column sign_in_attempt.last_at is 'Last attempt';
comment on column sign_in_attempt.locked_until is 'No attempt is looked at until then';
comment on column sign_in_attempt.minute_from is 'Start of the running minute';
comment on column sign_in_attempt.minute_count is 'Attempts in the running minute';

create table password_history (
  user_id text not null,
  set_at timestamptz not null default now(),
  hash text not null,
  constraint password_history_pkey primary key (user_id, set_at),
  constraint password_history_user_id_fkey foreign key (user_id) references auth_user (id) on delete cascade
);
comment on table password_history is 'Hashes of earlier passwords, so that none comes again too soon';
comment on column password_history.user_id is 'Whose';
comment on column password_history.set_at is 'When it was set';
comment on column password_history.hash is 'Hash as the auth library made it';
