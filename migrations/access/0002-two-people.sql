-- Making, moving and resetting an account takes two people, and the person chooses the first password.

create table account_request (
  id uuid not null default uuidv7(),
  kind text not null,
  user_id text,
  username text not null,
  name text not null,
  role text not null,
  area bigint not null,
  department text,
  reason text,
  requested_by text not null,
  requested_at timestamptz not null default now(),
  code_key uuid,
  expires_at timestamptz not null,
  state text not null default 'pending',
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  constraint account_request_pkey primary key (id),
  constraint account_request_kind_known check (kind in ('create', 'move', 'reset-password', 'reset-second-factor')),
  constraint account_request_state_known check (state in ('pending', 'done', 'declined', 'expired')),
  constraint account_request_decided_by_another check (decided_by is distinct from requested_by),
  constraint account_request_decided_at_a_time check ((state = 'pending') = (decided_at is null)),
  constraint account_request_about_somebody check (kind = 'create' or user_id is not null),
  constraint account_request_area_fkey foreign key (area) references division (code),
  constraint account_request_user_id_fkey foreign key (user_id) references auth_user (id),
  constraint account_request_requested_by_fkey foreign key (requested_by) references auth_user (id),
  constraint account_request_decided_by_fkey foreign key (decided_by) references auth_user (id)
);
comment on table account_request is 'What somebody who manages accounts wants done to one, and the second person''s '
  'decision';
comment on column account_request.id is 'Public reference';
comment on column account_request.kind is 'create, move (area or role), reset-password or reset-second-factor';
comment on column account_request.user_id is 'The account; null until a new one is made';
comment on column account_request.username is 'Its sign-in name';
comment on column account_request.name is 'Its person''s name';
comment on column account_request.role is 'Role it is to have';
comment on column account_request.area is 'Area it is to have';
comment on column account_request.department is 'Department it is to have';
comment on column account_request.reason is 'Why; null for a new account';
comment on column account_request.requested_by is 'Who requested it';
comment on column account_request.requested_at is 'When';
comment on column account_request.code_key is 'Keyed digest of the requester''s half of the enrolment code; null '
  'where none is needed';
comment on column account_request.expires_at is 'Until when it can be decided';
comment on column account_request.state is 'pending, done, declined, or expired: nobody decided in time and it '
  'was requested anew';
comment on column account_request.decided_by is 'Who decided: never the requester';
comment on column account_request.decided_at is 'When';
comment on column account_request.decision_reason is 'Why it was declined';
create index account_request_pending on account_request (area) where state = 'pending';
create unique index account_request_one_name on account_request (username)
  where state = 'pending' and kind = 'create';
create unique index account_request_one_change on account_request (user_id, kind)
  where state = 'pending' and kind <> 'create';

create table enrolment (
  user_id text not null,
  first_key uuid not null,
  second_key uuid not null,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint enrolment_pkey primary key (user_id),
  constraint enrolment_user_id_fkey foreign key (user_id) references auth_user (id) on delete cascade
);
comment on table enrolment is 'Accounts whose person has yet to choose a password, with both halves of the code; '
  'good once';
comment on column enrolment.user_id is 'Whose';
comment on column enrolment.first_key is 'Keyed digest of the half that the requester hands over';
comment on column enrolment.second_key is 'Keyed digest of the half that the second person hands over';
comment on column enrolment.made_at is 'Since when';
comment on column enrolment.expires_at is 'Until when it can be used';

create table account_tie (
  user_id text not null,
  maker text not null,
  request_id uuid not null,
  kind text not null,
  at timestamptz not null default now(),
  until timestamptz not null,
  constraint account_tie_pkey primary key (user_id, maker, request_id),
  constraint account_tie_user_id_fkey foreign key (user_id) references auth_user (id) on delete cascade,
  constraint account_tie_maker_fkey foreign key (maker) references auth_user (id) on delete cascade
);
comment on table account_tie is 'Who had a part in making, moving or resetting an account: until the end neither '
  'decides for the other';
comment on column account_tie.user_id is 'The account';
comment on column account_tie.maker is 'Who requested it, or agreed to it';
comment on column account_tie.request_id is 'By which request';
comment on column account_tie.kind is 'What was done';
comment on column account_tie.at is 'When';
comment on column account_tie.until is 'Until when';
create index account_tie_maker on account_tie (maker, until);

comment on column account.must_change_password is 'Its person has not chosen a password yet; nothing else is '
  'open before';
