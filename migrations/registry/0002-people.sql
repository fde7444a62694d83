-- Members without a number or of other papers, names as they compare, numbers a person once had, and what a household
-- states of its size.

alter table person alter column id_cipher drop not null, alter column birth drop not null;
alter table person add column if not exists name_comparable text, add column if not exists joined_on date;
comment on column person.name_comparable is 'Name as it is compared with departments; null where that is as it is '
  'written';
comment on column person.id_cipher is 'Number of the person''s paper, SM4 ciphertext; null where there is none yet';
comment on column person.id_index is 'Blind index of that number (HMAC-SM3, 128 bits); without one, a value no '
  'number has';
comment on column person.birth is 'Date of birth; null where neither the register nor the number tells it';
comment on column person.joined_on is 'Day the person was born into or joined the household; null for who always '
  'belonged, as far as is known';
update person set name_comparable = replace(name, '·', '') where name like '%·%';

alter table person_index alter column birth drop not null;
alter table person_index add column if not exists comparable text,
  add column if not exists former boolean not null default false;
comment on column person_index.comparable is 'The name as it is compared with departments; null where that is as it is '
  'written';
comment on column person_index.former is 'A number the person had before: it finds the person as long as the name fits '
  'too, and nobody else bears it';
comment on column person_index.birth is 'Date of birth, for the weak match by name and birth; null where unknown';
update person_index set comparable = replace(name, '·', '') where name like '%·%';
drop index person_index_name_birth;
create index person_index_name_birth on person_index (coalesce(comparable, name), birth);

alter table household add column if not exists stated_count integer, add column if not exists stated_on date,
  add column if not exists size_gap integer;
comment on column household.stated_count is '家庭人口 as the newest household record states it; null where it does not';
comment on column household.stated_on is 'Day of that record';
comment on column household.size_gap is 'Members stated less members known to have belonged on that day; null where '
  'either is not known';
create index household_size_gap on household (village, id) include (county) where size_gap <> 0 and closed_on is null;

create index person_index_former on person_index (person_id) where former;
create index person_came_or_left on person (county, household_id) include (id, joined_on, left_on)
  where joined_on is not null or left_on is not null;

create table household_move (
  county integer not null,
  household_id bigint not null,
  to_county integer not null,
  village bigint not null,
  to_village bigint not null,
  household_no text not null,
  head_name text not null,
  moved_on date not null,
  known_from timestamptz not null,
  constraint household_move_pkey primary key (county, household_id, known_from)
);
comment on table household_move is 'Households that went to another county: told to the county they left, which sees '
  'them no more';
comment on column household_move.county is '6-digit code of the county they left; distribution column';
comment on column household_move.household_id is 'The household, which keeps its id';
comment on column household_move.to_county is '6-digit code of the county they went to';
comment on column household_move.village is '12-digit code of the village they left';
comment on column household_move.to_village is '12-digit code of the village they went to';
comment on column household_move.household_no is '户编号';
comment on column household_move.head_name is 'Name of the head then';
comment on column household_move.moved_on is 'Day of the file that told of it';
comment on column household_move.known_from is 'When that file was merged';
create index household_move_left on household_move (village, moved_on);
