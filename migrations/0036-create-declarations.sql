-- What households declare on a telephone without an account: sealed until it is taken up, after that a mark that it came.
create table declaration (
  county integer not null,
  request uuid not null,
  village bigint not null,
  at timestamptz not null,
  sender uuid,
  declared_cipher bytea,
  outcome text not null default 'waiting' check (outcome in ('waiting', 'joined', 'unmatched')),
  primary key (county, request),
  check ((outcome = 'waiting') = (declared_cipher is not null))
);
comment on table declaration is 'Declarations households sent from a telephone; holds nobody''s data once a declaration is taken up';
comment on column declaration.county is '6-digit county code of the village whose page was open; distribution column';
comment on column declaration.request is 'Made on the telephone: the same request twice is one declaration';
comment on column declaration.village is '12-digit code of the village whose page was open';
comment on column declaration.at is 'When it arrived';
comment on column declaration.sender is 'Blind index of the ID number that was typed, for the limit of a day; null afterwards';
comment on column declaration.declared_cipher is 'Name, ID number, household code, cause and words, JSON, SM4 ciphertext; null once taken up';
comment on column declaration.outcome is 'waiting; joined: became a report about a household; unmatched: name, number and code fit no household';
create index declaration_sender on declaration (sender, at) where sender is not null;
create index declaration_waiting on declaration (at) where outcome = 'waiting';
create index declaration_unmatched on declaration (village, at) where outcome = 'unmatched';

revoke all on declaration from public;
alter table declaration enable row level security;
create policy work on declaration to shouwang_work using (true) with check (true);
grant select, insert, update, delete, maintain, truncate on declaration to shouwang_work;
