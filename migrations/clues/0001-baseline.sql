-- Clues and what is counted of them.

create table clue (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  cause text not null,
  level text not null,
  signal_level text not null,
  level_rank smallint not null
    generated always as (case level when 'red' then 1 when 'orange' then 2 else 3 end) stored,
  rules text[] not null,
  signals smallint not null,
  strongest_signal bigint,
  why jsonb not null,
  state text not null,
  opened_on date not null,
  last_signal_on date not null,
  assignee bigint,
  due_on date,
  dispatched_at timestamptz,
  dispatched_by text,
  dispatch_note text,
  closed_on date,
  sort_name text not null default '',
  channel text not null default 'rule',
  reports smallint not null default 0,
  dispatch_due_on date,
  visit_id uuid,
  case_id uuid,
  outcome_reason text,
  outcome_note text,
  decided_by text,
  outcome_proof jsonb,
  constraint clue_pkey primary key (county, id),
  constraint clue_channel_known check (channel in ('rule', 'self', 'cadre', 'petition', 'transfer')),
  constraint clue_closed_on_a_day check (((closed_on is null) = (state in ('new', 'dispatched', 'verifying')))),
  constraint clue_dispatched_to_somebody check (state not in ('dispatched', 'verifying') or (assignee is not null
    and due_on is not null)),
  constraint clue_excluded_for_a_reason check (state <> 'excluded' or outcome_reason is not null),
  constraint clue_level_known check (level in ('red', 'orange', 'yellow')),
  constraint clue_new_with_nobody check (state <> 'new' or (assignee is null and visit_id is null)),
  constraint clue_rests_on_something check (strongest_signal is not null or reports > 0),
  constraint clue_signal_level_known check (signal_level in ('red', 'orange', 'yellow')),
  constraint clue_state_known check (state in ('new', 'dispatched', 'verifying', 'confirmed', 'excluded', 'solved',
    'cleared')),
  constraint clue_verifying_by_a_visit check (state <> 'verifying' or visit_id is not null),
  constraint clue_decided_by_fkey foreign key (decided_by) references auth_user (id),
  constraint clue_dispatched_by_fkey foreign key (dispatched_by) references auth_user (id)
);
comment on table clue is 'What somebody must look into: one open clue per household and cause, made of the signals '
  'that hold';
comment on column clue.county is '6-digit county code; distribution column';
comment on column clue.id is 'Public id, unique over the province';
comment on column clue.household_id is 'Household in the registry';
comment on column clue.village is '12-digit code of the village the household lives in; every look is scoped by it';
comment on column clue.cause is 'Risk cause';
comment on column clue.level is 'red, orange or yellow: the strongest signal''s, or orange where yellow signals of '
  'several causes meet in one household';
comment on column clue.signal_level is 'Level of the strongest signal alone';
comment on column clue.level_rank is '1 red, 2 orange, 3 yellow, to sort by';
comment on column clue.rules is 'Rules of the signals that hold, sorted; the last ones once none holds';
comment on column clue.signals is 'How many of its signals hold now; 0 once all of them cleared';
comment on column clue.strongest_signal is 'Signal that says most: highest level, then largest margin; null where '
  'only people reported';
comment on column clue.why is 'Sentence of the strongest signal as of the day it was judged: {zh, en}';
comment on column clue.state is 'new: nobody has it yet; dispatched: a township or village has it; verifying: a named '
  'person goes, or went; confirmed, excluded, solved by the department, cleared: no signal holds any more';
comment on column clue.opened_on is 'Day it was opened; a clue that comes back within the merge window keeps it';
comment on column clue.last_signal_on is 'Day a signal was last raised or its figures changed';
comment on column clue.assignee is 'Township or village that has it';
comment on column clue.due_on is 'Last day for the one who has it';
comment on column clue.dispatched_at is 'When it was last handed over';
comment on column clue.dispatched_by is 'Who handed it over';
comment on column clue.dispatch_note is 'Note to the one who has it';
comment on column clue.closed_on is 'Day it ended; null while it is open';
comment on column clue.sort_name is 'Pinyin initials and name of the head, to sort by; follows the household';
comment on column clue.channel is 'How the worry arrived first: rule, self (the household), cadre, petition (a '
  'complaint line), transfer (another level)';
comment on column clue.reports is 'How many reports of people stand in it';
comment on column clue.dispatch_due_on is 'Last day to hand it to somebody';
comment on column clue.visit_id is 'Visit that looks into it';
comment on column clue.case_id is 'Case that followed';
comment on column clue.outcome_reason is 'Why it was excluded: fact-wrong, cost-reimbursed, income-sufficient, '
  'supported-by-kin, already-helped, not-resident or other';
comment on column clue.outcome_note is 'What was found, or what the department did';
comment on column clue.decided_by is 'Who decided; never whoever was at the household';
comment on column clue.outcome_proof is 'For solved: department, day it was done and the paper that proves it';
-- Counts and facets of an area are read from this index alone.
create index clue_area on clue (village) include (county, household_id, state, level, cause, channel, rules,
  opened_on, closed_on, due_on);
create index clue_at_place on clue (assignee, due_on, level_rank, id) include (village, county, household_id)
  where state = 'dispatched';
create index clue_by_day on clue (opened_on desc, id) include (village) where closed_on is null;
-- First page of the open clues in the two usual orders, without sorting a whole province.
create index clue_by_level on clue (level_rank, opened_on desc, id) include (village) where closed_on is null;
create index clue_by_name on clue (sort_name, household_id, level_rank, id) include (village) where closed_on is null;
create index clue_confirmed on clue (county, household_id, cause) where state = 'confirmed';
create index clue_due on clue (due_on) include (county, household_id, village, state, assignee, level, cause,
  channel, rules) where state in ('dispatched', 'verifying');
create index clue_handed_on on clue (dispatched_by, due_on, level_rank, id) include (village, county, household_id,
  state, visit_id) where state in ('dispatched', 'verifying');
create index clue_household on clue (county, household_id);
create index clue_id on clue (id);
create unique index clue_open on clue (county, household_id, cause) where closed_on is null;
create index clue_open_household on clue (county, household_id) include (village, state, level, cause, channel,
  rules) where closed_on is null;
-- What came in the last two weeks, and what happened to clues since a day, are counted from these alone.
create index clue_opened on clue (opened_on) include (village, county, household_id, closed_on);
create index clue_placed_due on clue (due_on, level_rank, id) include (village, county, household_id, assignee)
  where state = 'dispatched';
create index clue_solved on clue (county, closed_on) where state = 'solved';
create index clue_undispatched on clue (county, dispatch_due_on, level_rank, id) include (village, household_id)
  where state = 'new';
create index clue_undispatched_due on clue (dispatch_due_on, level_rank, id) include (village, county, household_id)
  where state = 'new';
create index clue_visit on clue (county, visit_id) where visit_id is not null;

create table clue_event (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  clue_id uuid not null,
  at timestamptz not null,
  kind text not null,
  by_user text,
  details jsonb not null,
  constraint clue_event_pkey primary key (county, id),
  constraint clue_event_kind_known check (kind in ('opened', 'signal', 'signal-cleared', 'level', 'dispatched',
    'recalled', 'cleared', 'reopened', 'reported', 'assigned', 'visited', 'again', 'confirmed', 'excluded', 'solved',
    'rechecked')),
  constraint clue_event_by_user_fkey foreign key (by_user) references auth_user (id)
);
comment on table clue_event is 'What happened to a clue, in order; rows are only ever added';
comment on column clue_event.county is '6-digit county code; distribution column';
comment on column clue_event.id is 'Order of events';
comment on column clue_event.household_id is 'The household';
comment on column clue_event.village is '12-digit code of the village the household lives in; it follows the household';
comment on column clue_event.clue_id is 'The clue';
comment on column clue_event.at is 'When';
comment on column clue_event.kind is 'opened, signal, signal-cleared, level, dispatched, recalled, cleared, reopened, '
  'reported, assigned, visited, again, confirmed, excluded, solved or rechecked';
comment on column clue_event.by_user is 'Who; null for the platform itself';
comment on column clue_event.details is 'Values of the sentence, all texts: rule, rules, level, from, place, dueOn, '
  'note, reason';
create index clue_event_by on clue_event (by_user, at) where by_user is not null;
create index clue_event_clue on clue_event (county, clue_id, id);
create index clue_event_hand_over on clue_event (clue_id, id) where kind in ('dispatched', 'recalled', 'assigned',
  'visited', 'again', 'confirmed', 'excluded', 'solved', 'cleared');
create index clue_event_status on clue_event (at) include (county, clue_id) where kind in ('dispatched', 'recalled',
  'assigned', 'visited', 'again', 'confirmed', 'excluded', 'solved', 'cleared');

create table clue_report (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  clue_id uuid not null,
  channel text not null,
  at timestamptz not null,
  by_user text,
  by_name text not null,
  text text not null,
  request uuid not null,
  constraint clue_report_pkey primary key (county, id),
  constraint clue_report_channel_known check (channel in ('self', 'cadre', 'petition', 'transfer')),
  constraint clue_report_by_user_fkey foreign key (by_user) references auth_user (id),
  constraint clue_report_county_clue_id_fkey foreign key (county, clue_id) references clue (county, id)
);
comment on table clue_report is 'What people reported about a household; rows are only ever added';
comment on column clue_report.county is '6-digit county code; distribution column';
comment on column clue_report.id is 'Order of arrival';
comment on column clue_report.household_id is 'The household';
comment on column clue_report.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column clue_report.clue_id is 'Clue it belongs to';
comment on column clue_report.channel is 'self, cadre, petition or transfer';
comment on column clue_report.at is 'When';
comment on column clue_report.by_user is 'Account that wrote it down; null for a household on its own phone';
comment on column clue_report.by_name is 'Who reported it';
comment on column clue_report.text is 'What was reported; long numbers are masked';
comment on column clue_report.request is 'Made by the client: the same request twice is one report';
create index clue_report_clue on clue_report (county, clue_id, id);
create unique index clue_report_request on clue_report (county, request);

create table clue_shield (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  village bigint not null,
  cause text not null,
  rule text not null,
  figures jsonb not null,
  clue_id uuid not null,
  since date not null,
  constraint clue_shield_pkey primary key (county, id)
);
comment on table clue_shield is 'Facts that were looked into and found to be no risk: as long as nothing about them '
  'changes they open no clue again';
comment on column clue_shield.county is '6-digit county code; distribution column';
comment on column clue_shield.id is 'Internal id';
comment on column clue_shield.household_id is 'The household';
comment on column clue_shield.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column clue_shield.cause is 'Risk cause';
comment on column clue_shield.rule is 'Rule that raised it';
comment on column clue_shield.figures is 'Figures the rule had looked at; others come through';
comment on column clue_shield.clue_id is 'Clue that was excluded';
comment on column clue_shield.since is 'Day of the decision';
create index clue_shield_household on clue_shield (county, household_id, rule);

-- Clues of a whole province are too many to be counted at every look. Every change of them leaves its difference in a
-- tally, written by the writer of clues (decision 0052): rows are only ever added, so that nobody waits for anybody
-- else; the night adds up what belongs together.
create table clue_tally (
  county integer not null,
  level text not null,
  cause text not null,
  state text not null,
  rules text[] not null,
  channel text not null,
  clues integer not null
);
comment on table clue_tally is 'Differences whose sums are the numbers of clues of a county; added to by the writer '
  'of clues alone';
comment on column clue_tally.county is '6-digit county code';
comment on column clue_tally.level is 'red, orange or yellow';
comment on column clue_tally.cause is 'Risk cause';
comment on column clue_tally.state is 'State of the clues';
comment on column clue_tally.rules is 'Rules of the clues';
comment on column clue_tally.channel is 'How they arrived';
comment on column clue_tally.clues is 'So many more, or fewer where negative';
create index clue_tally_county on clue_tally (county);

-- What the overview of a province shows is kept as differences too.
create table clue_day_tally (
  county integer not null,
  day date not null,
  change text not null,
  clues integer not null,
  constraint clue_day_tally_change_known check (change in ('opened', 'closed'))
);
comment on table clue_day_tally is 'Differences whose sums are the clues opened and closed on a day; added to by the '
  'writer of clues alone';
comment on column clue_day_tally.county is '6-digit county code';
comment on column clue_day_tally.day is 'Day on which they were opened or closed';
comment on column clue_day_tally.change is 'opened or closed';
comment on column clue_day_tally.clues is 'So many more, or fewer where negative';
create index clue_day_tally_day on clue_day_tally (day, county) include (change, clues);

create table household_clues (
  county integer not null,
  household_id bigint not null,
  village bigint not null,
  open_clues integer not null,
  constraint household_clues_pkey primary key (county, household_id)
);
comment on table household_clues is 'Open clues by household, for counting households; made anew when its clues change';
comment on column household_clues.county is '6-digit county code; distribution column';
comment on column household_clues.household_id is 'The household';
comment on column household_clues.village is 'Village of its clues';
comment on column household_clues.open_clues is 'How many of its clues are open; a household without any has no row';
create index household_clues_area on household_clues (village) where open_clues > 0;

create table clue_span (
  county integer not null,
  household_id bigint not null,
  village bigint not null,
  from_on date not null,
  until_on date,
  lifted boolean not null
);
comment on table clue_span is 'Days on which a household had an open clue, parted where it was lifted out of poverty '
  'and where not; made anew when its clues or spells change';
comment on column clue_span.county is '6-digit county code; distribution column';
comment on column clue_span.household_id is 'The household';
comment on column clue_span.village is 'Village it lived in; of its clues where it was not lifted';
comment on column clue_span.from_on is 'First day';
comment on column clue_span.until_on is 'First day on which no clue was open any longer; null while one is';
comment on column clue_span.lifted is 'Whether it was in the categories stable or unstable and not monitored: such a '
  'clue makes its grade yellow';
create index clue_span_area on clue_span (village) include (from_on, until_on, lifted, county, household_id);
create index clue_span_household on clue_span (county, household_id);

create table clue_span_tally (
  county integer not null,
  day date not null,
  lifted boolean not null,
  households integer not null
);
comment on table clue_span_tally is 'Differences whose sums are the households that have open clues at the end of a '
  'day; follows clue_span';
comment on column clue_span_tally.county is '6-digit county code';
comment on column clue_span_tally.day is 'Day on which their spans began or ended';
comment on column clue_span_tally.lifted is 'As of the spans';
comment on column clue_span_tally.households is 'So many more, or fewer where negative';
create index clue_span_tally_county on clue_span_tally (county, day) include (lifted, households);
