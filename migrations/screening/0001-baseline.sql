-- Indicators, runs, signals and what proves them.

-- One narrow row per household, fixed-width columns only: all rules over 200,000 households are one scan of 27 MB.
create table indicator (
  county integer not null,
  registered boolean not null,
  relieved boolean not null,
  unrelieved boolean not null,
  monitored boolean not null,
  household_id bigint not null,
  village bigint not null,
  household_size smallint not null,
  labour_members smallint,
  net_income_per_head_fen integer,
  net_income_fen integer,
  previous_net_income_fen integer,
  income_drop_bp integer,
  inpatient_self_paid_year_fen integer,
  largest_stay_self_paid_fen integer,
  rigid_spending_fen integer,
  school_age_members smallint,
  uninsured_members smallint,
  new_major_illness_members smallint,
  epidemic_members smallint,
  dropout_members smallint,
  dwelling_grade smallint,
  longest_water_cut_days smallint,
  water_cut_days_year smallint,
  water_decilitres smallint,
  water_trip_minutes smallint,
  assistance_stopped_members smallint,
  new_severe_disability_members smallint,
  new_mild_disability_members smallint,
  longest_jobless_months smallint,
  water_quality_failed boolean,
  water_scarce boolean,
  resolved boolean not null default false,
  income_after_rigid_per_head_fen integer,
  constraint indicator_pkey primary key (county, household_id)
);
comment on table indicator is 'What the rules look at: one row per household, kept up as facts arrive. Null: the '
  'source is late or has said nothing';
comment on column indicator.county is '6-digit county code; distribution column';
comment on column indicator.registered is '建档立卡户';
comment on column indicator.relieved is '脱贫标志 is relieved or pre-relieved';
comment on column indicator.unrelieved is '脱贫标志 is unrelieved or relapsed';
comment on column indicator.monitored is '脱贫监测户 or 边缘户';
comment on column indicator.household_id is 'Household in the registry';
comment on column indicator.village is '12-digit code of the village';
comment on column indicator.household_size is 'Living members';
comment on column indicator.labour_members is 'Living members with any capacity to work, weak ones included';
comment on column indicator.net_income_per_head_fen is 'Net income per head of the newest income statement; 分';
comment on column indicator.net_income_fen is 'Net income of the household of the newest income statement; 分';
comment on column indicator.previous_net_income_fen is 'Net income of the statement before; 分';
comment on column indicator.income_drop_bp is 'Fall from the statement before to the newest, in basis points; '
  'negative when income grew';
comment on column indicator.inpatient_self_paid_year_fen is 'Self-paid for hospital stays settled in the calendar '
  'year; 分';
comment on column indicator.largest_stay_self_paid_fen is 'Largest self-payment for one stay in the window of the '
  'policy; 分';
comment on column indicator.rigid_spending_fen is 'Self-paid medical and school spending in the window of the policy; '
  '分';
comment on column indicator.school_age_members is 'Living members of compulsory school age';
comment on column indicator.uninsured_members is 'Living members with neither resident nor employee insurance this '
  'year';
comment on column indicator.new_major_illness_members is 'Members whose major illness was diagnosed in the window of '
  'the policy';
comment on column indicator.epidemic_members is 'Members confirmed or suspected, until the end of aftercare';
comment on column indicator.dropout_members is 'Members of school age out of school without lawful reason';
comment on column indicator.dwelling_grade is 'Grade 1–4 (A–D) of the newest survey; B once repaired or not lived in';
comment on column indicator.longest_water_cut_days is 'Longest stretch without water in the window of the policy, days';
comment on column indicator.water_cut_days_year is 'Days without water in the window of the policy, overlaps counted '
  'once';
comment on column indicator.water_decilitres is 'Water per person and day of the newest observation, tenths of a litre';
comment on column indicator.water_trip_minutes is 'Minutes of one trip to fetch water, newest observation';
comment on column indicator.assistance_stopped_members is 'Members whose 低保 or 特困 stopped in the window of the policy '
  'and did not start again';
comment on column indicator.new_severe_disability_members is 'Members with a grade one or two certificate issued in '
  'the window of the policy';
comment on column indicator.new_mild_disability_members is 'Members with a grade three or four certificate issued in '
  'the window of the policy';
comment on column indicator.longest_jobless_months is 'Longest run of months without work of a member who worked '
  'before, up to the newest record';
comment on column indicator.water_quality_failed is 'Whether the newest water test failed';
comment on column indicator.water_scarce is 'Whether the place is short of water, newest observation';
comment on column indicator.resolved is 'Was monitored, its risk is resolved, and it is tracked';
comment on column indicator.income_after_rigid_per_head_fen is 'Net income less self-paid medical and school spending '
  'in the window of the policy, per head; negative where more was spent; 分';

create table indicator_coverage (
  county integer not null,
  indicator_group text not null,
  covered boolean not null,
  as_of date not null,
  constraint indicator_coverage_pkey primary key (county, indicator_group)
);
comment on table indicator_coverage is 'Whether the sources of an indicator group were on time when the county was '
  'last refreshed; when that turns, the whole county is refreshed';
comment on column indicator_coverage.county is '6-digit county code';
comment on column indicator_coverage.indicator_group is 'Group of indicators that share their sources';
comment on column indicator_coverage.covered is 'Whether every source of the group was on time';
comment on column indicator_coverage.as_of is 'Day that was judged';

create table screening_run (
  id bigint generated always as identity,
  started_at timestamptz not null,
  as_of date not null,
  kind text not null,
  feeds text[] not null,
  pack text not null,
  households integer not null,
  hits bigint not null,
  raised integer not null,
  changed integer not null,
  cleared integer not null,
  milliseconds integer not null,
  constraint screening_run_pkey primary key (id),
  constraint screening_run_kind_known check (kind in ('full', 'batch'))
);
comment on table screening_run is 'One screening: indicators refreshed, rules evaluated, signals raised, changed and '
  'cleared';
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
  run_id bigint not null,
  county integer not null,
  rule text not null,
  rule_version integer not null,
  households integer not null,
  hits integer not null,
  cannot_judge integer not null,
  constraint rule_coverage_pkey primary key (run_id, county, rule),
  constraint rule_coverage_run_id_fkey foreign key (run_id) references screening_run (id)
);
comment on table rule_coverage is 'How many households of a county a rule could judge in a run, and how many it hit';
comment on column rule_coverage.run_id is 'The run';
comment on column rule_coverage.county is '6-digit county code';
comment on column rule_coverage.rule is 'Rule';
comment on column rule_coverage.rule_version is 'Version of the rule';
comment on column rule_coverage.households is 'Households looked at';
comment on column rule_coverage.hits is 'Households hit';
comment on column rule_coverage.cannot_judge is 'Households that could not be judged: a source was late or said '
  'nothing';

create table signal (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  rule text not null,
  rule_version integer not null,
  cause text not null,
  level text not null,
  case_no smallint not null,
  figures jsonb not null,
  measured bigint not null,
  threshold bigint not null,
  margin numeric(12,4),
  opened_on date not null,
  changed_on date not null,
  cleared_on date,
  first_run bigint not null,
  last_run bigint not null,
  constraint signal_pkey primary key (county, id),
  constraint signal_level_known check (level in ('red', 'orange', 'yellow')),
  constraint signal_first_run_fkey foreign key (first_run) references screening_run (id),
  constraint signal_last_run_fkey foreign key (last_run) references screening_run (id)
);
comment on table signal is 'One rule that holds, or held, for one household';
comment on column signal.county is '6-digit county code; distribution column';
comment on column signal.id is 'Internal id, unique over the province';
comment on column signal.household_id is 'Household in the registry';
comment on column signal.village is '12-digit code of the village the household lives in; it follows the household';
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
create index signal_household on signal (county, household_id);
create unique index signal_open on signal (county, household_id, rule, cause) where cleared_on is null;

create table signal_evidence (
  county integer not null,
  household_id bigint not null,
  village bigint not null,
  signal_id bigint not null,
  fact text not null,
  batch_id bigint not null,
  row_no integer not null,
  person_id bigint,
  happened_on date,
  amount_fen bigint,
  detail jsonb not null,
  run_id bigint not null,
  constraint signal_evidence_pkey primary key (county, signal_id, fact, batch_id, row_no),
  constraint signal_evidence_run_id_fkey foreign key (run_id) references screening_run (id)
);
comment on table signal_evidence is 'Department rows that prove a signal; rows are added as they come, never taken '
  'away';
comment on column signal_evidence.county is '6-digit county code; distribution column';
comment on column signal_evidence.household_id is 'The household';
comment on column signal_evidence.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column signal_evidence.signal_id is 'The signal';
comment on column signal_evidence.fact is 'Fact table the row went into';
comment on column signal_evidence.batch_id is 'Batch that brought the row';
comment on column signal_evidence.row_no is 'Row of that batch';
comment on column signal_evidence.person_id is 'Person the row is about; null for rows about the household';
comment on column signal_evidence.happened_on is 'Day the row speaks about';
comment on column signal_evidence.amount_fen is 'Amount that counts for the rule; 分';
comment on column signal_evidence.detail is 'What else the row says that matters here: codes and names of '
  'institutions, no personal data';
comment on column signal_evidence.run_id is 'Run that added it';
