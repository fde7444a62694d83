-- Plans and measures of monitored households.

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
  constraint plan_pkey primary key (county, id)
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
create index plan_area on plan (village, first_measure_due_on) include (measures) where closed_on is null;
create index plan_bare on plan (village, first_measure_due_on) include (county, household_id, id)
  where closed_on is null and measures = 0;
-- A list of plans counts what each of them has; a household's last plan is found by the household.
create index plan_household on plan (county, household_id, closed_on);
create index plan_id on plan (id);
create unique index plan_open on plan (county, household_id) where closed_on is null;

create table measure (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  plan_id uuid not null,
  person_id bigint,
  type text not null,
  title text not null,
  responsible text not null,
  starts_on date not null,
  ends_on date,
  money_fen bigint,
  state text not null,
  evidence text not null default '',
  effect text not null default '',
  reason text,
  made_by text not null,
  made_at timestamptz not null,
  before_on date,
  before_income_per_head_fen bigint,
  before_open_clues smallint,
  after_on date,
  after_income_per_head_fen bigint,
  after_open_clues smallint,
  responsible_user text,
  constraint measure_pkey primary key (county, id),
  constraint measure_days_in_order check (ends_on >= starts_on),
  constraint measure_state_known check (state in ('planned', 'under-way', 'done', 'cancelled')),
  constraint measure_type_known check (type in ('industry', 'employment', 'public-welfare-job', 'finance',
    'compulsory-education', 'education-aid', 'health', 'housing', 'water', 'relocation', 'guarantee', 'social-help',
    'living-conditions', 'infrastructure')),
  constraint measure_county_plan_id_fkey foreign key (county, plan_id) references plan (county, id),
  constraint measure_made_by_fkey foreign key (made_by) references auth_user (id),
  constraint measure_responsible_user_fkey foreign key (responsible_user) references auth_user (id)
);
comment on table measure is 'One measure of a plan, for one person or the household';
comment on column measure.county is '6-digit county code; distribution column';
comment on column measure.id is 'Public id';
comment on column measure.household_id is 'The household';
comment on column measure.village is '12-digit code of the village the household lives in; it follows the household';
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
comment on column measure.responsible_user is 'Account of who answers for it, where they have one';
create index measure_household on measure (county, household_id);
create index measure_id on measure (id);
create index measure_made_by on measure (made_by, made_at);
create index measure_plan on measure (county, plan_id);
create index measure_responsible on measure (responsible_user) where state in ('planned', 'under-way');
