create table indicator_coverage (
  county integer not null,
  indicator_group text not null,
  covered boolean not null,
  as_of date not null,
  primary key (county, indicator_group)
);
comment on table indicator_coverage is 'Whether the sources of an indicator group were on time when the county was last refreshed; when that turns, the whole county is refreshed';
comment on column indicator_coverage.county is '6-digit county code';
comment on column indicator_coverage.indicator_group is 'Group of indicators that share their sources';
comment on column indicator_coverage.covered is 'Whether every source of the group was on time';
comment on column indicator_coverage.as_of is 'Day that was judged';

create table screening_run (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  as_of date not null,
  kind text not null check (kind in ('full', 'batch')),
  feeds text[] not null,
  pack text not null,
  households integer not null,
  hits bigint not null,
  raised integer not null,
  changed integer not null,
  cleared integer not null,
  milliseconds integer not null
);
comment on table screening_run is 'One screening: indicators refreshed, rules evaluated, signals raised, changed and cleared';
comment on column screening_run.id is 'Run number; rises with time';
comment on column screening_run.started_at is 'When it started';
comment on column screening_run.as_of is 'Day that was judged';
comment on column screening_run.kind is 'full: every household; batch: the households a batch touched';
comment on column screening_run.feeds is 'Feeds that brought it about; empty for a full run';
comment on column screening_run.pack is 'Policy pack in force';
comment on column screening_run.households is 'Households looked at';
comment on column screening_run.hits is 'Pairs of household and rule that hit';
comment on column screening_run.raised is 'Signals raised';
comment on column screening_run.changed is 'Signals whose figures changed';
comment on column screening_run.cleared is 'Signals that no longer hold';
comment on column screening_run.milliseconds is 'How long it took';

create table rule_coverage (
  run_id bigint not null references screening_run (id),
  county integer not null,
  rule text not null,
  rule_version integer not null,
  households integer not null,
  hits integer not null,
  cannot_judge integer not null,
  primary key (run_id, county, rule)
);
comment on table rule_coverage is 'How many households of a county a rule could judge in a run, and how many it hit';
comment on column rule_coverage.run_id is 'The run';
comment on column rule_coverage.county is '6-digit county code';
comment on column rule_coverage.rule is 'Rule';
comment on column rule_coverage.rule_version is 'Version of the rule';
comment on column rule_coverage.households is 'Households looked at';
comment on column rule_coverage.hits is 'Households hit';
comment on column rule_coverage.cannot_judge is 'Households that could not be judged: a source was late or said nothing';

create table signal (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  rule text not null,
  rule_version integer not null,
  cause text not null,
  level text not null check (level in ('red', 'orange', 'yellow')),
  case_no smallint not null,
  figures jsonb not null,
  measured bigint not null,
  threshold bigint not null,
  margin numeric(12, 4),
  opened_on date not null,
  changed_on date not null,
  cleared_on date,
  first_run bigint not null references screening_run (id),
  last_run bigint not null references screening_run (id),
  primary key (county, id)
);
comment on table signal is 'One rule that holds, or held, for one household';
comment on column signal.county is '6-digit county code; distribution column';
comment on column signal.id is 'Internal id, unique over the province';
comment on column signal.household_id is 'Household in the registry';
comment on column signal.rule is 'Rule';
comment on column signal.rule_version is 'Version of the rule that last judged';
comment on column signal.cause is 'Risk cause of the case that hit';
comment on column signal.level is 'red, orange or yellow';
comment on column signal.case_no is 'Case of the rule that hit, from 1';
comment on column signal.figures is 'Every indicator the rule looked at, by name, in stored units';
comment on column signal.measured is 'Figure of the case''s measure, in its stored unit; yes is 1';
comment on column signal.threshold is 'Limit it crossed, in the same unit';
comment on column signal.margin is 'measured ÷ threshold; null for yes/no and grades, and where the limit is 0';
comment on column signal.opened_on is 'Day it was raised';
comment on column signal.changed_on is 'Day its figures last changed';
comment on column signal.cleared_on is 'Day it was found to hold no longer; null while open';
comment on column signal.first_run is 'Run that raised it';
comment on column signal.last_run is 'Run that last changed or cleared it';
create unique index signal_open on signal (county, household_id, rule, cause) where cleared_on is null;
create index signal_household on signal (county, household_id);

create table signal_evidence (
  county integer not null,
  signal_id bigint not null,
  fact text not null,
  batch_id bigint not null,
  row_no integer not null,
  person_id bigint,
  happened_on date,
  amount_fen bigint,
  detail jsonb not null,
  run_id bigint not null references screening_run (id),
  primary key (county, signal_id, fact, batch_id, row_no)
);
comment on table signal_evidence is 'Department rows that prove a signal; rows are added as they come, never taken away';
comment on column signal_evidence.county is '6-digit county code; distribution column';
comment on column signal_evidence.signal_id is 'The signal';
comment on column signal_evidence.fact is 'Fact table the row went into';
comment on column signal_evidence.batch_id is 'Batch that brought the row';
comment on column signal_evidence.row_no is 'Row of that batch';
comment on column signal_evidence.person_id is 'Person the row is about; null for rows about the household';
comment on column signal_evidence.happened_on is 'Day the row speaks about';
comment on column signal_evidence.amount_fen is 'Amount that counts for the rule; 分';
comment on column signal_evidence.detail is 'What else the row says that matters here: codes and names of institutions, no personal data';
comment on column signal_evidence.run_id is 'Run that added it';
