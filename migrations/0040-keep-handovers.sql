-- What was handed over from one account to another, piece by piece, so that exactly that can be taken back.
create table handover (
  id uuid primary key default uuidv7(),
  from_user text not null references auth_user (id),
  to_user text not null references auth_user (id),
  at timestamptz not null,
  by_user text not null references auth_user (id),
  reason text not null,
  taken_back_at timestamptz,
  taken_back_by text references auth_user (id),
  check (from_user <> to_user),
  check ((taken_back_at is null) = (taken_back_by is null))
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
  handover_id uuid not null references handover (id),
  part text not null,
  item text not null,
  primary key (county, handover_id, part, item)
);
comment on table handover_item is 'Each piece of work that a handover moved';
comment on column handover_item.county is '6-digit county code; distribution column; 0 for what belongs to no household';
comment on column handover_item.handover_id is 'The handover';
comment on column handover_item.part is 'Kind of work: household-access, planned-visits, measures …';
comment on column handover_item.item is 'The row it is, by its own key';

alter table handover enable row level security;
alter table handover_item enable row level security;
revoke all on handover, handover_item from public;
create policy work on handover to shouwang_work using (true) with check (true);
create policy work on handover_item to shouwang_work using (true) with check (true);
grant select, insert, update, delete, maintain, truncate on handover, handover_item to shouwang_work;

-- Whoever took a step of a case waits for what follows; after a handover somebody else does. What was done stays theirs.
create table case_follower (
  county integer not null,
  household_id bigint not null,
  case_id uuid not null,
  instead_of text not null references auth_user (id),
  user_id text not null references auth_user (id),
  primary key (county, case_id, instead_of),
  check (instead_of <> user_id)
);
comment on table case_follower is 'Who waits for a running case instead of whoever took its steps';
comment on column case_follower.county is '6-digit county code; distribution column';
comment on column case_follower.household_id is 'The household';
comment on column case_follower.case_id is 'The case';
comment on column case_follower.instead_of is 'Who took steps of it and handed their work over';
comment on column case_follower.user_id is 'Who waits for it now';
create index case_follower_user on case_follower (user_id, county, case_id);
alter table case_follower enable row level security;
revoke all on case_follower from public;
create policy work on case_follower to shouwang_work using (true) with check (true);
create policy app on case_follower to shouwang_app using (
  (county >= (select scope_county_from()) and county <= (select scope_county_to())) or sees_household(county, household_id));
grant select on case_follower to shouwang_app;
grant select, insert, update, delete, maintain, truncate on case_follower to shouwang_work;

-- Who answers for a measure is written as a name; where that is somebody with an account, their work can be handed over.
alter table measure add column responsible_user text references auth_user (id);
comment on column measure.responsible_user is 'Account of who answers for it, where they have one';
update measure m set responsible_user = m.made_by from auth_user u where u.id = m.made_by and u.name = m.responsible;
create index measure_responsible on measure (responsible_user) where state in ('planned', 'under-way');
