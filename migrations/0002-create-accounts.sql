-- Tables of the auth library (user, session, login, verification) and ours: what an account is and where it may look.
create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  username text unique,
  display_username text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
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

create table auth_session (
  id text primary key,
  user_id text not null references auth_user (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
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
create index auth_session_user on auth_session (user_id);

create table auth_login (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references auth_user (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
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
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table auth_verification is 'One-time values of the auth library';
comment on column auth_verification.id is 'Opaque id';
comment on column auth_verification.identifier is 'What is verified';
comment on column auth_verification.value is 'The one-time value';
comment on column auth_verification.expires_at is 'When it lapses';
comment on column auth_verification.created_at is 'When created';
comment on column auth_verification.updated_at is 'When last changed';

create table account (
  user_id text primary key references auth_user (id) on delete cascade,
  role text not null check (role in ('officer', 'department', 'cadre')),
  area bigint not null references division (code),
  department text,
  check ((role = 'department') = (department is not null))
);
comment on table account is 'What a user is on the platform: role, area, department';
comment on column account.user_id is 'The sign-in identity';
comment on column account.role is 'officer (province to county), cadre (township, village), department (own feeds only)';
comment on column account.area is 'Division whose households the account may see';
comment on column account.department is 'Department code whose feeds the account may send; only for role department';
