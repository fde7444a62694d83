-- What a household may ask for: that a wrong fact is looked into by two people, and that its data are compared or not.
create table correction (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  feed text,
  what text not null,
  current text not null,
  wanted text not null,
  explanation text not null,
  state text not null default 'open' check (state in ('open', 'proposed', 'corrected', 'declined', 'forwarded')),
  opened_at timestamptz not null,
  opened_by text not null references auth_user (id),
  due_on date not null,
  assignee text references auth_user (id),
  outcome text check (outcome in ('corrected', 'declined', 'forwarded')),
  proposed_by text references auth_user (id),
  decided_by text references auth_user (id),
  closed_at timestamptz,
  primary key (county, id),
  foreign key (county, household_id) references household (county, id),
  check ((state = 'open') = (outcome is null)),
  check ((outcome is null) = (proposed_by is null)),
  check ((state in ('open', 'proposed')) = (decided_by is null)),
  check ((decided_by is null) = (closed_at is null)),
  check (state in ('open', 'proposed') or state = outcome),
  check (decided_by <> proposed_by)
);
comment on table correction is 'What a household says is wrong about it; the facts themselves are never changed here';
comment on column correction.county is '6-digit county code; distribution column';
comment on column correction.id is 'Public reference';
comment on column correction.household_id is 'The household';
comment on column correction.feed is 'Feed the wrong fact came by; null where the household did not say';
comment on column correction.what is 'What is wrong, in the household''s words; long numbers are masked';
comment on column correction.current is 'What is held now, in the household''s words; long numbers are masked';
comment on column correction.wanted is 'What it should say; long numbers are masked';
comment on column correction.explanation is 'Why; long numbers are masked';
comment on column correction.state is 'open; proposed: one person said how it should end; corrected (the department''s next file brings it), declined, forwarded to the department: another person agreed';
comment on column correction.opened_at is 'When it was asked for';
comment on column correction.opened_by is 'Account that asked';
comment on column correction.due_on is 'Last day for an answer';
comment on column correction.assignee is 'Who has it';
comment on column correction.outcome is 'How it should end, or ended';
comment on column correction.proposed_by is 'Who proposed the outcome';
comment on column correction.decided_by is 'Who agreed: never whoever proposed';
comment on column correction.closed_at is 'When it ended';
create index correction_id on correction (id);
create index correction_household on correction (county, household_id, opened_at);
create index correction_open on correction (due_on) include (county, household_id, assignee) where state in ('open', 'proposed');
create index correction_assignee on correction (assignee) where state in ('open', 'proposed');

create table correction_step (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  correction_id uuid not null,
  at timestamptz not null,
  by_user text not null references auth_user (id),
  kind text not null check (kind in ('opened', 'assigned', 'proposed', 'confirmed', 'sent-back')),
  outcome text check (outcome in ('corrected', 'declined', 'forwarded')),
  text text not null,
  primary key (county, id),
  foreign key (county, correction_id) references correction (county, id)
);
comment on table correction_step is 'What happened to a correction, in order; rows are only ever added';
comment on column correction_step.county is '6-digit county code; distribution column';
comment on column correction_step.id is 'Order of steps';
comment on column correction_step.household_id is 'The household';
comment on column correction_step.correction_id is 'The correction';
comment on column correction_step.at is 'When';
comment on column correction_step.by_user is 'Who';
comment on column correction_step.kind is 'opened, assigned, proposed, confirmed or sent-back';
comment on column correction_step.outcome is 'How it should end, where the step says so';
comment on column correction_step.text is 'What was said; for assigned the name of who has it now';
create index correction_step_of on correction_step (county, correction_id, id);

create table authorisation (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  scope text not null check (scope in ('bank', 'vehicles', 'housing', 'business', 'tax')),
  given boolean not null,
  since timestamptz not null,
  by_user text not null references auth_user (id),
  way text not null check (way in ('online', 'paper')),
  text_version text not null,
  note text not null,
  primary key (county, id),
  foreign key (county, household_id) references household (county, id)
);
comment on table authorisation is 'Whether a household agreed that its data are compared, scope by scope; each change is a new row, the newest counts';
comment on column authorisation.county is '6-digit county code; distribution column';
comment on column authorisation.id is 'Order of changes';
comment on column authorisation.household_id is 'The household';
comment on column authorisation.scope is 'What may be compared: bank, vehicles, housing, business or tax';
comment on column authorisation.given is 'Given, or withdrawn';
comment on column authorisation.since is 'Since when';
comment on column authorisation.by_user is 'Account of the household, or of the officer who recorded the paper';
comment on column authorisation.way is 'online, or paper: an officer recorded the signed form';
comment on column authorisation.text_version is 'Version of the text that was agreed to';
comment on column authorisation.note is 'Where the paper lies, who signed; long numbers are masked';
create index authorisation_newest on authorisation (county, household_id, scope, id desc);

do $$
declare name text;
begin
  foreach name in array array['correction', 'correction_step', 'authorisation'] loop
    execute format('revoke all on %I from public', name);
    execute format('alter table %I enable row level security', name);
    execute format('create policy work on %I to shouwang_work using (true) with check (true)', name);
    execute format('create policy app on %I to shouwang_app using ('
      '(county >= (select scope_county_from()) and county <= (select scope_county_to())) or sees_household(county, household_id))', name);
    execute format('grant select, insert on %I to shouwang_app, shouwang_work', name);
  end loop;
end $$;
grant update (state, assignee, outcome, proposed_by, decided_by, closed_at) on correction to shouwang_app, shouwang_work;
grant usage, select on all sequences in schema public to shouwang_work;
