-- What a household may ask for, who opened what, and what is erased when.

-- What a household may ask for: that a wrong fact is looked into by two people, and that its data are compared or not.
create table correction (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  feed text,
  what text not null,
  current text not null,
  wanted text not null,
  explanation text not null,
  state text not null default 'open',
  opened_at timestamptz not null,
  opened_by text not null,
  due_on date not null,
  assignee text,
  outcome text,
  proposed_by text,
  decided_by text,
  closed_at timestamptz,
  constraint correction_pkey primary key (county, id),
  constraint correction_closed_at_a_time check ((decided_by is null) = (closed_at is null)),
  constraint correction_decided_by_another check (decided_by <> proposed_by),
  constraint correction_decided_by_somebody check (((state in ('open', 'proposed')) = (decided_by is null))),
  constraint correction_ends_as_proposed check (state in ('open', 'proposed') or state = outcome),
  constraint correction_outcome_known check (outcome in ('corrected', 'declined', 'forwarded')),
  constraint correction_outcome_once_proposed check ((state = 'open') = (outcome is null)),
  constraint correction_proposed_by_somebody check ((outcome is null) = (proposed_by is null)),
  constraint correction_state_known check (state in ('open', 'proposed', 'corrected', 'declined', 'forwarded')),
  constraint correction_assignee_fkey foreign key (assignee) references auth_user (id),
  constraint correction_county_household_id_fkey foreign key (county, household_id) references household (county, id),
  constraint correction_decided_by_fkey foreign key (decided_by) references auth_user (id),
  constraint correction_opened_by_fkey foreign key (opened_by) references auth_user (id),
  constraint correction_proposed_by_fkey foreign key (proposed_by) references auth_user (id)
);
comment on table correction is 'What a household reports as wrong about it; the facts themselves are never changed '
  'here';
comment on column correction.county is '6-digit county code; distribution column';
comment on column correction.id is 'Public reference';
comment on column correction.household_id is 'The household';
comment on column correction.village is '12-digit code of the village the household lives in; it follows the household';
comment on column correction.feed is 'Feed the wrong fact came by; null where the household did not state it';
comment on column correction.what is 'What is wrong, in the household''s words; long numbers are masked';
comment on column correction.current is 'What is on record now, in the household''s words; long numbers are masked';
comment on column correction.wanted is 'What it should be; long numbers are masked';
comment on column correction.explanation is 'Why; long numbers are masked';
comment on column correction.state is 'open; proposed: one person proposed the outcome; corrected (the '
  'department''s next file brings it), declined, forwarded to the department: another person agreed';
comment on column correction.opened_at is 'When it was requested';
comment on column correction.opened_by is 'Account that requested it';
comment on column correction.due_on is 'Last day for an answer';
comment on column correction.assignee is 'Who has it';
comment on column correction.outcome is 'How it should end, or ended';
comment on column correction.proposed_by is 'Who proposed the outcome';
comment on column correction.decided_by is 'Who agreed: never whoever proposed';
comment on column correction.closed_at is 'When it ended';
create index correction_assignee on correction (assignee) where state in ('open', 'proposed');
create index correction_household on correction (county, household_id, opened_at);
create index correction_id on correction (id);
create index correction_open on correction (due_on) include (county, household_id, assignee) where state in ('open',
  'proposed');

create table correction_step (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  correction_id uuid not null,
  at timestamptz not null,
  by_user text not null,
  kind text not null,
  outcome text,
  text text not null,
  constraint correction_step_pkey primary key (county, id),
  constraint correction_step_kind_known check (kind in ('opened', 'assigned', 'proposed', 'confirmed', 'sent-back')),
  constraint correction_step_outcome_known check (outcome in ('corrected', 'declined', 'forwarded')),
  constraint correction_step_by_user_fkey foreign key (by_user) references auth_user (id),
  constraint correction_step_county_correction_id_fkey foreign key (county, correction_id)
    references correction (county, id)
);
comment on table correction_step is 'What happened to a correction, in order; rows are only ever added';
comment on column correction_step.county is '6-digit county code; distribution column';
comment on column correction_step.id is 'Order of steps';
comment on column correction_step.household_id is 'The household';
comment on column correction_step.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column correction_step.correction_id is 'The correction';
comment on column correction_step.at is 'When';
comment on column correction_step.by_user is 'Who';
comment on column correction_step.kind is 'opened, assigned, proposed, confirmed or sent-back';
comment on column correction_step.outcome is 'Proposed outcome, where the step has one';
comment on column correction_step.text is 'Text of the step; for assigned the name of who is responsible now';
create index correction_step_of on correction_step (county, correction_id, id);

-- Timed access to one household outside one's area: announced, and looked at afterwards by somebody else.
create table break_glass (
  id uuid not null default uuidv7(),
  user_id text not null,
  user_area bigint not null,
  county integer not null,
  household_id bigint not null,
  household_ref uuid not null,
  head_masked text not null,
  reason text not null,
  opened_at timestamptz not null default now(),
  until timestamptz not null,
  ended_at timestamptz,
  reviewed_by text,
  reviewed_at timestamptz,
  remark text,
  constraint break_glass_pkey primary key (id),
  constraint break_glass_reviewed_at_a_time check ((reviewed_by is null) = (reviewed_at is null)),
  constraint break_glass_reviewed_by_another check (reviewed_by is distinct from user_id),
  constraint break_glass_reviewed_by_fkey foreign key (reviewed_by) references auth_user (id),
  constraint break_glass_user_area_fkey foreign key (user_area) references division (code),
  constraint break_glass_user_id_fkey foreign key (user_id) references auth_user (id)
);
comment on table break_glass is 'Access to one household outside one''s area, for a time and with a reason; rows are '
  'added, ended and reviewed';
comment on column break_glass.id is 'Public reference';
comment on column break_glass.user_id is 'Who opened it';
comment on column break_glass.user_area is 'Area of the account at that time';
comment on column break_glass.county is 'County of the household';
comment on column break_glass.household_id is 'The household';
comment on column break_glass.household_ref is 'Its public reference';
comment on column break_glass.head_masked is 'Surname of the head and stars, for those who review';
comment on column break_glass.reason is 'Why';
comment on column break_glass.opened_at is 'When it was opened, by the clock of the database';
comment on column break_glass.until is 'Until when it is open';
comment on column break_glass.ended_at is 'When whoever opened it ended it before its time';
comment on column break_glass.reviewed_by is 'Security administrator who looked at it: never whoever opened it';
comment on column break_glass.reviewed_at is 'When it was reviewed';
comment on column break_glass.remark is 'What came of it';
create index break_glass_area on break_glass (user_area, opened_at desc);
create index break_glass_user on break_glass (user_id, opened_at desc);

-- What is erased when nobody needs it any more: requested by one, decided by another, applied by a job that can be
-- killed.
create table retention_run (
  id uuid not null default uuidv7(),
  as_of date not null,
  digest text not null,
  state text not null default 'requested',
  requested_by text not null,
  requested_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  reason text,
  finished_at timestamptz,
  constraint retention_run_pkey primary key (id),
  constraint retention_run_decided_at_a_time check ((decided_by is null) = (decided_at is null)),
  constraint retention_run_decided_by_another check (decided_by <> requested_by),
  constraint retention_run_done_at_a_time check ((state = 'done') = (finished_at is not null)),
  constraint retention_run_requested_undecided check ((state = 'requested') = (decided_by is null)),
  constraint retention_run_state_known check (state in ('requested', 'running', 'done', 'declined')),
  constraint retention_run_decided_by_fkey foreign key (decided_by) references auth_user (id),
  constraint retention_run_requested_by_fkey foreign key (requested_by) references auth_user (id)
);
comment on table retention_run is 'Runs of the retention policy; rows are only ever added and decided';
comment on column retention_run.id is 'Public reference';
comment on column retention_run.as_of is 'Day the months are counted back from';
comment on column retention_run.digest is 'SM3 of the report it was requested for';
comment on column retention_run.state is 'requested: waits for a second person; running; done; declined';
comment on column retention_run.requested_by is 'Who requested it';
comment on column retention_run.requested_at is 'When';
comment on column retention_run.decided_by is 'Who decided: never the requester';
comment on column retention_run.decided_at is 'When';
comment on column retention_run.reason is 'Reason of the decision';
comment on column retention_run.finished_at is 'When all rules were through';

create table retention_result (
  run_id uuid not null,
  rule text not null,
  before timestamptz not null,
  due bigint not null,
  taken bigint not null default 0,
  finished_at timestamptz,
  constraint retention_result_pkey primary key (run_id, rule),
  constraint retention_result_run_id_fkey foreign key (run_id) references retention_run (id)
);
comment on table retention_result is 'What a run was to take by each rule, and what it took; counted in the same '
  'transaction as it is taken';
comment on column retention_result.run_id is 'The run';
comment on column retention_result.rule is 'Key of the rule in the policy';
comment on column retention_result.before is 'Everything older than this is taken';
comment on column retention_result.due is 'How many were due when the run was requested';
comment on column retention_result.taken is 'How many were taken so far';
comment on column retention_result.finished_at is 'When nothing was left to take';
