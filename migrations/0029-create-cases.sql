-- The two procedures: identification ends in a monitored spell, resolution ends it. Every step is an entry; nothing is taken back.
create table case_file (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  kind text not null check (kind in ('identification', 'resolution')),
  state text not null check (state in ('running', 'entered', 'dropped', 'refused')),
  step text check (step in ('verify', 'authorise', 'compare', 'review', 'publicity', 'township-audit', 'county-approval', 'announce', 'enter')),
  causes text[] not null,
  category text,
  way text check (way in ('helped', 'natural')),
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
  primary key (county, id),
  check ((state = 'running') = (closed_on is null)),
  check ((state = 'running') = (step is not null)),
  check (state <> 'running' or due_on is not null),
  check ((kind = 'resolution') = (way is not null))
);
comment on table case_file is 'An identification or a resolution of a household, step by step';
comment on column case_file.county is '6-digit county code; distribution column';
comment on column case_file.id is 'Public id';
comment on column case_file.household_id is 'The household';
comment on column case_file.village is '12-digit code of its village';
comment on column case_file.kind is 'identification or resolution';
comment on column case_file.state is 'running, entered (done and marked), dropped on the way, or refused by township or county';
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
create index case_file_id on case_file (id);
create unique index case_file_running on case_file (county, household_id) where state = 'running';
create index case_file_household on case_file (county, household_id);
create index case_file_area on case_file (village, state) include (kind, step, due_on);
create index case_file_due on case_file (due_on) include (village, step) where state = 'running';

create table case_entry (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  case_id uuid not null,
  step text not null,
  result text not null check (result in ('done', 'sent-back', 'refused', 'dropped', 'paused', 'resumed', 'green-channel')),
  at timestamptz not null,
  by_user text references auth_user (id),
  details jsonb not null,
  primary key (county, id),
  foreign key (county, case_id) references case_file (county, id)
);
comment on table case_entry is 'What happened in a case, in order; rows are only ever added';
comment on column case_entry.county is '6-digit county code; distribution column';
comment on column case_entry.id is 'Order of entries';
comment on column case_entry.household_id is 'The household';
comment on column case_entry.case_id is 'The case';
comment on column case_entry.step is 'Step it is about';
comment on column case_entry.result is 'done, sent-back, refused, dropped, paused, resumed or green-channel';
comment on column case_entry.at is 'When';
comment on column case_entry.by_user is 'Who; null for the platform';
comment on column case_entry.details is 'What the step holds, all texts: days, numbers of the review, opinion, reason';
create index case_entry_case on case_entry (county, case_id, id);
create index case_entry_by on case_entry (by_user, at);

create table case_flag (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  case_id uuid not null,
  item text not null,
  person_id bigint,
  batch_id bigint,
  row_no integer,
  text_zh text not null,
  text_en text not null,
  veto boolean not null,
  explanation text,
  explained_by text references auth_user (id),
  decision text check (decision in ('accepted', 'barred')),
  decision_reason text,
  decided_by text references auth_user (id),
  primary key (county, id),
  check ((decision is null) = (decided_by is null)),
  check ((explanation is null) = (explained_by is null)),
  check (decision is null or explanation is not null),
  check (decided_by <> explained_by)
);
comment on table case_flag is 'What the check list found about a household: a flag, an explanation, a decision';
comment on column case_flag.county is '6-digit county code; distribution column';
comment on column case_flag.id is 'Public id';
comment on column case_flag.household_id is 'The household';
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

create table case_objection (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  case_id uuid not null,
  at timestamptz not null,
  taken_by text not null references auth_user (id),
  by_name text not null,
  text text not null,
  due_on date not null,
  outcome text check (outcome in ('upheld', 'dismissed')),
  finding text,
  answered_by text references auth_user (id),
  answered_at timestamptz,
  primary key (county, id),
  check ((outcome is null) = (answered_by is null)),
  check (answered_by <> taken_by)
);
comment on table case_objection is 'Objections taken down while a list hung out, and what became of them';
comment on column case_objection.county is '6-digit county code; distribution column';
comment on column case_objection.id is 'Public id';
comment on column case_objection.household_id is 'The household';
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

create table plan (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  case_id uuid,
  causes text[] not null,
  opened_on date not null,
  due_on date not null,
  first_measure_due_on date not null,
  measures smallint not null default 0,
  closed_on date,
  primary key (county, id)
);
comment on table plan is 'One plan for every monitored household: what is to be done until its risk is gone';
comment on column plan.county is '6-digit county code; distribution column';
comment on column plan.id is 'Public id';
comment on column plan.household_id is 'The household';
comment on column plan.village is '12-digit code of its village';
comment on column plan.case_id is 'Identification it follows';
comment on column plan.causes is 'Risk causes to be met';
comment on column plan.opened_on is 'Day it was opened';
comment on column plan.due_on is 'Last day to make the plan';
comment on column plan.first_measure_due_on is 'Last day for the first measure';
comment on column plan.measures is 'Measures that were not cancelled';
comment on column plan.closed_on is 'Day the risk was resolved';
create index plan_id on plan (id);
create unique index plan_open on plan (county, household_id) where closed_on is null;
create index plan_area on plan (village, first_measure_due_on) include (measures) where closed_on is null;

create table measure (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  plan_id uuid not null,
  person_id bigint,
  type text not null check (type in ('industry', 'employment', 'public-welfare-job', 'finance', 'compulsory-education', 'education-aid',
    'health', 'housing', 'water', 'relocation', 'guarantee', 'social-help', 'living-conditions', 'infrastructure')),
  title text not null,
  responsible text not null,
  starts_on date not null,
  ends_on date,
  money_fen bigint,
  state text not null check (state in ('planned', 'under-way', 'done', 'cancelled')),
  evidence text not null default '',
  effect text not null default '',
  reason text,
  made_by text not null references auth_user (id),
  made_at timestamptz not null,
  before_on date,
  before_income_per_head_fen bigint,
  before_open_clues smallint,
  after_on date,
  after_income_per_head_fen bigint,
  after_open_clues smallint,
  primary key (county, id),
  check (ends_on >= starts_on),
  foreign key (county, plan_id) references plan (county, id)
);
comment on table measure is 'One measure of a plan, for one person or the household';
comment on column measure.county is '6-digit county code; distribution column';
comment on column measure.id is 'Public id';
comment on column measure.household_id is 'The household';
comment on column measure.plan_id is 'The plan';
comment on column measure.person_id is 'Member it is for; null for the household';
comment on column measure.type is 'Kind of help, as the national register has it';
comment on column measure.title is 'What is done, in words';
comment on column measure.responsible is 'Who answers for it';
comment on column measure.starts_on is 'First day';
comment on column measure.ends_on is 'Last day; null while open-ended';
comment on column measure.money_fen is 'Money put in; 分';
comment on column measure.state is 'planned, under-way, done or cancelled';
comment on column measure.evidence is 'What proves that it was done';
comment on column measure.effect is 'What came of it';
comment on column measure.reason is 'Why it was cancelled';
comment on column measure.made_by is 'Who put it into the plan';
comment on column measure.made_at is 'When';
comment on column measure.before_on is 'Day it began';
comment on column measure.before_income_per_head_fen is 'Net income a head when it began; 分';
comment on column measure.before_open_clues is 'Open clues of the household when it began';
comment on column measure.after_on is 'Day it ended';
comment on column measure.after_income_per_head_fen is 'Net income a head when it ended; 分';
comment on column measure.after_open_clues is 'Open clues of the household when it ended';
create index measure_id on measure (id);
create index measure_plan on measure (county, plan_id);
create index measure_household on measure (county, household_id);

do $$
declare name text;
begin
  foreach name in array array['case_file', 'case_entry', 'case_flag', 'case_objection', 'plan', 'measure'] loop
    execute format('revoke all on %I from public', name);
    execute format('alter table %I enable row level security', name);
    execute format('create policy work on %I to shouwang_work using (true) with check (true)', name);
    if name in ('case_file', 'plan') then
      execute format('create policy app on %I to shouwang_app using ((select scope_is_whole()) or '
        '(village >= (select scope_from()) and village <= (select scope_to()) and ((select scope_holder()) is null '
        'or holds_household(county, household_id))))', name);
    else
      execute format('create policy app on %I to shouwang_app using ('
        '(county >= (select scope_county_from()) and county <= (select scope_county_to())) or sees_household(county, household_id))', name);
    end if;
    execute format('grant select, insert, update on %I to shouwang_app', name);
    execute format('grant select, insert, update, delete, maintain, truncate on %I to shouwang_work', name);
  end loop;
end $$;
revoke update on case_entry from shouwang_app;
grant usage, select on all sequences in schema public to shouwang_work;
