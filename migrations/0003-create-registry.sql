create table household (
  county integer not null,
  id bigint generated always as identity,
  ref uuid not null default uuidv7(),
  household_no text not null,
  village bigint not null,
  group_name text,
  head_name text not null,
  head_pinyin text not null,
  registered boolean not null,
  relief_mark text check (relief_mark in ('unrelieved', 'relieved', 'pre-relieved', 'relapsed')),
  relieved_year integer,
  identified_on date,
  monitoring_category text check (monitoring_category in ('unstable', 'marginal')),
  main_cause text,
  member_count integer not null,
  phone_cipher bytea,
  closed_on date,
  primary key (county, id)
);
comment on table household is 'The registry: one row per household, the projection of its newest household record';
comment on column household.county is '6-digit county code; distribution column';
comment on column household.id is 'Internal id, unique over the province';
comment on column household.ref is 'Unguessable public reference';
comment on column household.household_no is '户编号: village code and serial';
comment on column household.village is '12-digit code of the village it lives in';
comment on column household.group_name is '村民组';
comment on column household.head_name is 'Name of the head';
comment on column household.head_pinyin is 'Pinyin initials of the head''s name, for search';
comment on column household.registered is '是否建档立卡户';
comment on column household.relief_mark is '脱贫标志; null for households that are not registered';
comment on column household.relieved_year is '脱贫年度';
comment on column household.identified_on is 'First day of the month of first identification';
comment on column household.monitoring_category is '监测对象类别: unstable (脱贫监测户) or marginal (边缘户); null when not monitored';
comment on column household.main_cause is '主要致贫原因, code';
comment on column household.member_count is 'Living members in the registry';
comment on column household.phone_cipher is 'Telephone, SM4 ciphertext';
comment on column household.closed_on is 'Day the household left the registry (merged, moved, died out)';
create unique index household_ref on household (ref);
create unique index household_number on household (county, household_no);
create index household_village on household (village, id);

create table person (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  ref uuid not null default uuidv7(),
  member_no text not null,
  name text not null,
  name_pinyin text not null,
  id_cipher bytea not null,
  id_index uuid not null,
  sex text not null check (sex in ('male', 'female')),
  birth date not null,
  relation text not null,
  student_status text,
  education text,
  labour text not null,
  health text,
  left_on date,
  primary key (county, id),
  foreign key (county, household_id) references household (county, id)
);
comment on table person is 'Household members: the projection of their newest member record';
comment on column person.county is '6-digit county code; distribution column';
comment on column person.id is 'Internal id, unique over the province';
comment on column person.household_id is 'Household the person belongs to';
comment on column person.ref is 'Unguessable public reference';
comment on column person.member_no is '人编号';
comment on column person.name is 'Name';
comment on column person.name_pinyin is 'Pinyin initials, for search';
comment on column person.id_cipher is 'ID number, SM4 ciphertext';
comment on column person.id_index is 'Blind index of the ID number (HMAC-SM3, 128 bits)';
comment on column person.sex is 'male or female';
comment on column person.birth is 'Date of birth';
comment on column person.relation is '与户主关系, code';
comment on column person.student_status is '在校生状况, code; null for those not at school';
comment on column person.education is '文化程度, code; null for students';
comment on column person.labour is '劳动技能, code';
comment on column person.health is '健康状况, codes joined by commas';
comment on column person.left_on is 'Day the person died or left the household';
create unique index person_ref on person (ref);
create unique index person_number on person (county, member_no);
create index person_household on person (county, household_id);

create table person_index (
  id_index uuid primary key,
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  name text not null,
  birth date not null,
  is_head boolean not null
);
comment on table person_index is 'Finds a person by the blind index of the ID number; reference table on a distributed database';
comment on column person_index.id_index is 'Blind index of the ID number (HMAC-SM3, 128 bits)';
comment on column person_index.county is 'County of the household';
comment on column person_index.household_id is 'Household of the person';
comment on column person_index.person_id is 'The person';
comment on column person_index.name is 'Name, to tell an exact match from a match of the number alone';
comment on column person_index.birth is 'Date of birth, for the weak match by name and birth';
comment on column person_index.is_head is 'Whether the person heads the household';
create index person_index_name_birth on person_index (name, birth);
