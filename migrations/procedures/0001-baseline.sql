-- Identification and resolution, step by step; nothing is taken back.

-- The two procedures: identification ends in a monitored spell, resolution ends it. Every step is an entry; nothing is
-- taken back.
create table case_file (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  kind text not null,
  state text not null,
  step text,
  causes text[] not null,
  category text,
  way text,
  opened_on date not null,
  due_on date,
  total_due_on date not null,
  green_channel boolean not null default false,
  paused_on date,
  visit_id uuid,
  compared_at timestamptz,
  publicity_from date,
  publicity_until date,
  publicity_place text,
  pack text not null,
  closed_on date,
  constraint case_file_pkey primary key (county, id),
  constraint case_file_closed_on_a_day check ((state = 'running') = (closed_on is null)),
  constraint case_file_kind_known check (kind in ('identification', 'resolution')),
  constraint case_file_resolution_has_a_way check ((kind = 'resolution') = (way is not null)),
  constraint case_file_running_at_a_step check ((state = 'running') = (step is not null)),
  constraint case_file_running_until_a_day check (state <> 'running' or due_on is not null),
  constraint case_file_state_known check (state in ('running', 'entered', 'dropped', 'refused')),
  constraint case_file_step_known check (step in ('verify', 'authorise', 'compare', 'review', 'publicity',
    'township-audit', 'county-approval', 'announce', 'enter')),
  constraint case_file_way_known check (way in ('helped', 'natural'))
);
comment on table case_file is 'An identification or a resolution of a household, step by step';
comment on column case_file.county is '6-digit county code; distribution column';
comment on column case_file.id is 'Public id';
comment on column case_file.household_id is 'The household';
comment on column case_file.village is '12-digit code of its village';
comment on column case_file.kind is 'identification or resolution';
comment on column case_file.state is 'running, entered (done and marked), dropped on the way, or refused by township '
  'or county';
comment on column case_file.step is 'Step to be done next; null once ended';
comment on column case_file.causes is 'Risk causes, the first one leading';
comment on column case_file.category is 'Category the county approved, or the one a resolution leaves';
comment on column case_file.way is 'How a risk ended: helped or natural';
comment on column case_file.opened_on is 'Day it was opened';
comment on column case_file.due_on is 'Last day of the next step';
comment on column case_file.total_due_on is 'Last day of the whole of it';
comment on column case_file.green_channel is 'Help first, papers after';
comment on column case_file.paused_on is 'Since when the clock stands still; null while it runs';
comment on column case_file.visit_id is 'Visit it rests on';
comment on column case_file.compared_at is 'When the check list was last run';
comment on column case_file.publicity_from is 'First day the list hangs out';
comment on column case_file.publicity_until is 'Last day it must hang out';
comment on column case_file.publicity_place is 'Where';
comment on column case_file.pack is 'Policy pack it runs under';
comment on column case_file.closed_on is 'Day it ended';
create index case_file_area on case_file (village, state) include (kind, step, due_on);
create index case_file_due on case_file (due_on) include (village, step) where state = 'running';
create index case_file_household on case_file (county, household_id);
create index case_file_id on case_file (id);
create index case_file_open on case_file (village) include (county, household_id, id, step, due_on, total_due_on,
  paused_on) where state = 'running';
create unique index case_file_running on case_file (county, household_id) where state = 'running';

create table case_entry (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  case_id uuid not null,
  step text not null,
  result text not null,
  at timestamptz not null,
  by_user text,
  details jsonb not null,
  constraint case_entry_pkey primary key (county, id),
  constraint case_entry_result_known check (result in ('done', 'sent-back', 'refused', 'dropped', 'paused',
    'resumed', 'green-channel')),
  constraint case_entry_by_user_fkey foreign key (by_user) references auth_user (id),
  constraint case_entry_county_case_id_fkey foreign key (county, case_id) references case_file (county, id)
);
comment on table case_entry is 'What happened in a case, in order; rows are only ever added';
comment on column case_entry.county is '6-digit county code; distribution column';
comment on column case_entry.id is 'Order of entries';
comment on column case_entry.household_id is 'The household';
comment on column case_entry.village is '12-digit code of the village the household lives in; it follows the household';
comment on column case_entry.case_id is 'The case';
comment on column case_entry.step is 'Step it is about';
comment on column case_entry.result is 'done, sent-back, refused, dropped, paused, resumed or green-channel';
comment on column case_entry.at is 'When';
comment on column case_entry.by_user is 'Who; null for the platform';
comment on column case_entry.details is 'What the step holds, all texts: days, numbers of the review, opinion, reason';
create index case_entry_by on case_entry (by_user, at);
create index case_entry_case on case_entry (county, case_id, id);

create table case_flag (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  case_id uuid not null,
  item text not null,
  person_id bigint,
  batch_id bigint,
  row_no integer,
  text_zh text not null,
  text_en text not null,
  veto boolean not null,
  explanation text,
  explained_by text,
  decision text,
  decision_reason text,
  decided_by text,
  constraint case_flag_pkey primary key (county, id),
  constraint case_flag_decided_by_another check (decided_by <> explained_by),
  constraint case_flag_decided_by_somebody check ((decision is null) = (decided_by is null)),
  constraint case_flag_decision_known check (decision in ('accepted', 'barred')),
  constraint case_flag_explained_before_decided check (decision is null or explanation is not null),
  constraint case_flag_explained_by_somebody check ((explanation is null) = (explained_by is null)),
  constraint case_flag_decided_by_fkey foreign key (decided_by) references auth_user (id),
  constraint case_flag_explained_by_fkey foreign key (explained_by) references auth_user (id)
);
comment on table case_flag is 'What the check list found about a household: a flag, an explanation, a decision';
comment on column case_flag.county is '6-digit county code; distribution column';
comment on column case_flag.id is 'Public id';
comment on column case_flag.household_id is 'The household';
comment on column case_flag.village is '12-digit code of the village the household lives in; it follows the household';
comment on column case_flag.case_id is 'The case';
comment on column case_flag.item is 'Item of the check list';
comment on column case_flag.person_id is 'Member it is about; null for the household';
comment on column case_flag.batch_id is 'Batch that told it; null for what follows from the registry';
comment on column case_flag.row_no is 'Row of that batch';
comment on column case_flag.text_zh is 'What was found, in Chinese';
comment on column case_flag.text_en is 'What was found, in English';
comment on column case_flag.veto is 'The policy bars a household for it';
comment on column case_flag.explanation is 'How it came about, by who knows the household';
comment on column case_flag.explained_by is 'Who explained';
comment on column case_flag.decision is 'accepted or barred';
comment on column case_flag.decision_reason is 'Why';
comment on column case_flag.decided_by is 'Who decided; never whoever explained';
create index case_flag_case on case_flag (county, case_id);
create index case_flag_open on case_flag (county, case_id) where decision is null;

create table case_objection (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  case_id uuid not null,
  at timestamptz not null,
  taken_by text not null,
  by_name text not null,
  text text not null,
  due_on date not null,
  outcome text,
  finding text,
  answered_by text,
  answered_at timestamptz,
  constraint case_objection_pkey primary key (county, id),
  constraint case_objection_answered_by_another check (answered_by <> taken_by),
  constraint case_objection_answered_by_somebody check ((outcome is null) = (answered_by is null)),
  constraint case_objection_outcome_known check (outcome in ('upheld', 'dismissed')),
  constraint case_objection_answered_by_fkey foreign key (answered_by) references auth_user (id),
  constraint case_objection_taken_by_fkey foreign key (taken_by) references auth_user (id)
);
comment on table case_objection is 'Objections taken down while a list hung out, and what became of them';
comment on column case_objection.county is '6-digit county code; distribution column';
comment on column case_objection.id is 'Public id';
comment on column case_objection.household_id is 'The household';
comment on column case_objection.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column case_objection.case_id is 'The case';
comment on column case_objection.at is 'When';
comment on column case_objection.taken_by is 'Who took it down';
comment on column case_objection.by_name is 'Who objects';
comment on column case_objection.text is 'What they say';
comment on column case_objection.due_on is 'Last day to answer';
comment on column case_objection.outcome is 'upheld: back to the review; dismissed';
comment on column case_objection.finding is 'What was found';
comment on column case_objection.answered_by is 'Who answered; never whoever took it down';
comment on column case_objection.answered_at is 'When';
create index case_objection_case on case_objection (county, case_id);
-- What waits beside the steps of a case is work too: few rows of many, found without reading the rest.
create index case_objection_open on case_objection (county, case_id) include (due_on, taken_by) where outcome is null;

-- Whoever took a step of a case waits for what follows; after a handover somebody else does. What was done stays
-- theirs.
create table case_follower (
  county integer not null,
  household_id bigint not null,
  village bigint not null,
  case_id uuid not null,
  instead_of text not null,
  user_id text not null,
  constraint case_follower_pkey primary key (county, case_id, instead_of),
  constraint case_follower_is_another check (instead_of <> user_id),
  constraint case_follower_instead_of_fkey foreign key (instead_of) references auth_user (id),
  constraint case_follower_user_id_fkey foreign key (user_id) references auth_user (id)
);
comment on table case_follower is 'Who waits for a running case instead of whoever took its steps';
comment on column case_follower.county is '6-digit county code; distribution column';
comment on column case_follower.household_id is 'The household';
comment on column case_follower.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column case_follower.case_id is 'The case';
comment on column case_follower.instead_of is 'Who took steps of it and handed their work over';
comment on column case_follower.user_id is 'Who waits for it now';
create index case_follower_user on case_follower (user_id, county, case_id);

create table authorisation (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  scope text not null,
  given boolean not null,
  since timestamptz not null,
  by_user text not null,
  way text not null,
  text_version text not null,
  note text not null,
  constraint authorisation_pkey primary key (county, id),
  constraint authorisation_scope_known check (scope in ('bank', 'vehicles', 'housing', 'business', 'tax')),
  constraint authorisation_way_known check (way in ('online', 'paper')),
  constraint authorisation_by_user_fkey foreign key (by_user) references auth_user (id),
  constraint authorisation_county_household_id_fkey foreign key (county, household_id) references household (county,
    id)
);
comment on table authorisation is 'Whether a household agreed that its data are compared, scope by scope; each change '
  'is a new row, the newest counts';
comment on column authorisation.county is '6-digit county code; distribution column';
comment on column authorisation.id is 'Order of changes';
comment on column authorisation.household_id is 'The household';
comment on column authorisation.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column authorisation.scope is 'What may be compared: bank, vehicles, housing, business or tax';
comment on column authorisation.given is 'Given, or withdrawn';
comment on column authorisation.since is 'Since when';
comment on column authorisation.by_user is 'Account of the household, or of the officer who recorded the paper';
comment on column authorisation.way is 'online, or paper: an officer recorded the signed form';
comment on column authorisation.text_version is 'Version of the text that was agreed to';
comment on column authorisation.note is 'Where the paper lies, who signed; long numbers are masked';
create index authorisation_newest on authorisation (county, household_id, scope, id desc);
