-- Households, their members and their category over time.

-- Spells of a household never overlap: an exclusion constraint over county, household and days.
create extension if not exists btree_gist;

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
  relief_mark text,
  relieved_year integer,
  identified_on date,
  monitoring_category text,
  main_cause text,
  member_count integer not null,
  phone_cipher bytea,
  closed_on date,
  category text not null default 'ordinary',
  risk text not null default 'none',
  constraint household_pkey primary key (county, id),
  constraint household_monitoring_category_known check (monitoring_category in ('unstable', 'marginal')),
  constraint household_relief_mark_known check (relief_mark in ('unrelieved', 'relieved', 'pre-relieved', 'relapsed')),
  constraint household_risk_known check (risk in ('none', 'open', 'resolved'))
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
comment on column household.monitoring_category is '监测对象类别: unstable (脱贫监测户) or marginal (边缘户); null when not '
  'monitored';
comment on column household.main_cause is '主要致贫原因, code';
comment on column household.member_count is 'Living members in the registry';
comment on column household.phone_cipher is 'Telephone, SM4 ciphertext';
comment on column household.closed_on is 'Day the household left the registry (merged, moved, died out)';
comment on column household.category is 'Category of the spell that holds';
comment on column household.risk is 'Risk status of the spell that holds: none, open or resolved';
create index household_area on household (village, id) include (county, category, registered, closed_on);
create index household_monitored on household (village, id) include (county, category, risk, member_count)
  where risk <> 'none';
create unique index household_number on household (county, household_no);
create index household_number_prefix on household (household_no collate "C") include (village, county, id, category,
  registered, closed_on);
-- Without the county a key holds on one machine alone; nobody counts on references being unique, for nobody chooses
-- them.
create index household_ref on household (ref);

create table person (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  ref uuid not null default uuidv7(),
  member_no text not null,
  name text not null,
  name_pinyin text not null,
  id_cipher bytea not null,
  id_index uuid not null,
  sex text not null,
  birth date not null,
  relation text not null,
  student_status text,
  education text,
  labour text not null,
  health text,
  left_on date,
  constraint person_pkey primary key (county, id),
  constraint person_sex_known check (sex in ('male', 'female'))
);
comment on table person is 'Household members: the projection of their newest member record';
comment on column person.county is '6-digit county code; distribution column';
comment on column person.id is 'Internal id, unique over the province';
comment on column person.household_id is 'Household the person belongs to';
comment on column person.village is '12-digit code of the village the household lives in; it follows the household';
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
create index person_household on person (county, household_id);
-- Search by the beginning of a name or of its pinyin initials, answered from the index with the scope applied there.
create index person_name on person (name text_pattern_ops, county, household_id) where left_on is null;
create index person_pinyin on person (name_pinyin text_pattern_ops, county, household_id) where left_on is null;
create index person_ref on person (ref);

create table person_index (
  id_index uuid not null,
  county integer not null,
  household_id bigint not null,
  village bigint not null,
  person_id bigint not null,
  name text not null,
  birth date not null,
  is_head boolean not null,
  constraint person_index_pkey primary key (id_index)
);
comment on table person_index is 'Finds a person by the blind index of the ID number; reference table on a '
  'distributed database';
comment on column person_index.id_index is 'Blind index of the ID number (HMAC-SM3, 128 bits)';
comment on column person_index.county is 'County of the household';
comment on column person_index.household_id is 'Household of the person';
comment on column person_index.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column person_index.person_id is 'The person';
comment on column person_index.name is 'Name, to distinguish an exact match from a match of the number alone';
comment on column person_index.birth is 'Date of birth, for the weak match by name and birth';
comment on column person_index.is_head is 'Whether the person heads the household';
create index person_index_name_birth on person_index (name, birth);

create table membership_end (
  county integer not null,
  person_id bigint not null,
  known_from timestamptz not null,
  left_on date not null,
  constraint membership_end_pkey primary key (county, person_id, known_from)
);
comment on table membership_end is 'Memberships that ended without a record of their own: the record was withdrawn, or '
  'a member elsewhere bears the number';
comment on column membership_end.county is '6-digit county code; distribution column';
comment on column membership_end.person_id is 'The person';
comment on column membership_end.known_from is 'When the batch that ended it was merged; a later record of the person '
  'counts instead';
comment on column membership_end.left_on is 'Day the person left';

create table category_spell (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  category text not null,
  risk text not null,
  causes text[] not null default '{}',
  members smallint not null,
  from_on date not null,
  until_on date,
  opened_because text not null,
  closed_because text,
  register_category text not null,
  case_id uuid,
  pack text,
  opened_at timestamptz not null default now(),
  constraint category_spell_pkey primary key (county, id),
  constraint category_spell_apart exclude using gist (household_id with =, county with =, daterange(from_on,
    until_on) with &&),
  constraint category_spell_category_known check (category in ('unrelieved', 'stable', 'unstable', 'marginal',
    'sudden-hardship', 'ordinary')),
  constraint category_spell_closed_for_a_reason check ((until_on is null) = (closed_because is null)),
  constraint category_spell_days_in_order check (until_on >= from_on),
  constraint category_spell_risk_known check (risk in ('none', 'open', 'resolved'))
);
comment on table category_spell is 'Classification of a household over time: spells that never overlap and are never '
  'overwritten';
comment on column category_spell.county is '6-digit county code; distribution column';
comment on column category_spell.id is 'Internal id';
comment on column category_spell.household_id is 'The household';
comment on column category_spell.village is 'Village it lived in; moving elsewhere ends a spell and begins another';
comment on column category_spell.category is 'unrelieved, stable, unstable, marginal, sudden-hardship or ordinary';
comment on column category_spell.risk is 'none; open: monitored; resolved: was monitored, and is tracked';
comment on column category_spell.causes is 'Risk causes, the first one leading; empty where nobody stated any';
comment on column category_spell.members is 'Members when it began';
comment on column category_spell.from_on is 'First day';
comment on column category_spell.until_on is 'First day on which it holds no longer; null while it holds';
comment on column category_spell.opened_because is 'first-record, registry, moved, identified, reopened, cause-added, '
  'resolved, natural or re-entered';
comment on column category_spell.closed_because is 'The same words, and left';
comment on column category_spell.register_category is 'What the register stated; as long as that stays the same, a '
  'decision of ours stands';
comment on column category_spell.case_id is 'Case that decided it; null for what the register states';
comment on column category_spell.pack is 'Policy pack the decision was made under';
comment on column category_spell.opened_at is 'When it was written: from then on it was known';
create index category_spell_area on category_spell (village, household_id, id) include (category, risk, from_on,
  until_on, members, county);
create index category_spell_from on category_spell (from_on) include (village, category, risk, opened_because)
  where opened_because <> 'first-record';
create index category_spell_monitored on category_spell (village, household_id) include (category, risk, causes,
  members, from_on, until_on) where risk <> 'none';
create unique index category_spell_open on category_spell (county, household_id) where until_on is null;
create index category_spell_until on category_spell (until_on) include (village, category, risk, closed_because)
  where until_on is not null;

-- Likewise for spells.
create table category_tally (
  county integer not null,
  day date not null,
  category text not null,
  risk text not null,
  cause text,
  change text not null,
  because text not null,
  households integer not null,
  persons integer not null,
  constraint category_tally_change_known check (change in ('in', 'out'))
);
comment on table category_tally is 'Differences whose sums are the households that came into a category and went out '
  'of it; added to by the writer of spells alone';
comment on column category_tally.county is '6-digit county code';
comment on column category_tally.day is 'Day on which they came or went';
comment on column category_tally.category is 'Category of the spells';
comment on column category_tally.risk is 'none, open or resolved';
comment on column category_tally.cause is 'Leading cause; null where nobody stated any';
comment on column category_tally.change is 'in or out';
comment on column category_tally.because is 'Why the spells began or ended';
comment on column category_tally.households is 'So many more, or fewer where negative';
comment on column category_tally.persons is 'Members when the spells began, likewise';
create index category_tally_county on category_tally (county, day);

-- Likewise for the households of a county's registry.
create table household_tally (
  county integer not null,
  registered boolean not null,
  households integer not null,
  category text not null
);
comment on table household_tally is 'Differences whose sums are the households of a county''s registry; added to by '
  'the writer of households alone';
comment on column household_tally.county is '6-digit county code';
comment on column household_tally.registered is 'Whether they are registered as poor';
comment on column household_tally.households is 'So many more, or fewer where negative';
comment on column household_tally.category is 'Category of the spells that hold';
create index household_tally_county on household_tally (county);
