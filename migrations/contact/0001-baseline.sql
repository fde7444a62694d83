-- What households declare on a telephone without an account.

-- What households declare on a telephone without an account: sealed until it is taken up, after that a mark that it
-- came.
create table declaration (
  county integer not null,
  request uuid not null,
  village bigint not null,
  at timestamptz not null,
  sender uuid,
  declared_cipher bytea,
  outcome text not null default 'waiting',
  why text,
  id_index uuid,
  due_on date,
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  constraint declaration_pkey primary key (county, request),
  constraint declaration_decided_at_a_time check ((decided_by is null) = (decided_at is null)),
  constraint declaration_outcome_known check (outcome in ('waiting', 'joined', 'unmatched', 'awaited', 'dismissed',
    'lapsed')),
  constraint declaration_sealed_while_open check (((outcome in ('waiting', 'unmatched',
    'awaited')) = (declared_cipher is not null))),
  constraint declaration_why_known check (why in ('number', 'name', 'code')),
  constraint declaration_decided_by_fkey foreign key (decided_by) references auth_user (id)
);
comment on table declaration is 'Declarations households sent from a telephone; sealed until each has found its '
  'household or its end, nobody''s data after that';
comment on column declaration.county is '6-digit county code of the village whose page was open; distribution column';
comment on column declaration.request is 'Made on the telephone: the same request twice is one declaration';
comment on column declaration.village is '12-digit code of the village whose page was open';
comment on column declaration.at is 'When it arrived';
comment on column declaration.sender is 'Blind index of the ID number that was typed, for the limit of a day; null '
  'afterwards';
comment on column declaration.declared_cipher is 'Name, ID number, household code, cause and words, JSON, SM4 '
  'ciphertext; null once it has found its household or its end';
comment on column declaration.outcome is 'waiting; joined: a report about a household; unmatched: fits none, somebody '
  'is to look; awaited: the household is not in the register yet; dismissed; lapsed: its time is over';
comment on column declaration.why is 'What did not fit: nobody has that number, another name, or another household '
  'code';
comment on column declaration.id_index is 'Blind index of the ID number, while the register may still bring the '
  'person; null otherwise';
comment on column declaration.due_on is 'Working day the receipt named';
comment on column declaration.decided_by is 'Who decided on it: matched, awaited or dismissed; '
  'null where the platform did';
comment on column declaration.decided_at is 'When';
comment on column declaration.decision_note is 'Why it was awaited or dismissed; long numbers are masked';
create index declaration_awaited on declaration (id_index) where outcome = 'awaited';
create index declaration_sender on declaration (sender, at) where sender is not null;
create index declaration_unmatched on declaration (village, due_on) where outcome in ('unmatched', 'awaited');
create index declaration_waiting on declaration (at) where outcome = 'waiting';
