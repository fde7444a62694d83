create table clue (
  county integer not null,
  id uuid not null default uuidv7(),
  household_id bigint not null,
  village bigint not null,
  cause text not null,
  level text not null check (level in ('red', 'orange', 'yellow')),
  signal_level text not null check (signal_level in ('red', 'orange', 'yellow')),
  level_rank smallint not null generated always as (
    case level when 'red' then 1 when 'orange' then 2 else 3 end) stored,
  rules text[] not null,
  signals smallint not null,
  strongest_signal bigint not null,
  why jsonb not null,
  state text not null check (state in ('new', 'dispatched', 'cleared')),
  opened_on date not null,
  last_signal_on date not null,
  assignee bigint,
  due_on date,
  dispatched_at timestamptz,
  dispatched_by text references auth_user (id),
  dispatch_note text,
  cleared_on date,
  primary key (county, id),
  check ((state = 'dispatched') = (assignee is not null)),
  check ((state = 'dispatched') = (due_on is not null)),
  check ((state = 'cleared') = (cleared_on is not null))
);
comment on table clue is 'What somebody must look into: one open clue per household and cause, made of the signals that hold';
comment on column clue.county is '6-digit county code; distribution column';
comment on column clue.id is 'Public id, unique over the province';
comment on column clue.household_id is 'Household in the registry';
comment on column clue.village is '12-digit code of the village the household lives in; every look is scoped by it';
comment on column clue.cause is 'Risk cause';
comment on column clue.level is 'red, orange or yellow: the strongest signal''s, or orange where yellow signals of several causes meet in one household';
comment on column clue.signal_level is 'Level of the strongest signal alone';
comment on column clue.level_rank is '1 red, 2 orange, 3 yellow, to sort by';
comment on column clue.rules is 'Rules of the signals that hold, sorted; the last ones once none holds';
comment on column clue.signals is 'How many of its signals hold now; 0 once all of them cleared';
comment on column clue.strongest_signal is 'Signal that says most: highest level, then largest margin';
comment on column clue.why is 'Sentence of the strongest signal as of the day it was judged: {zh, en}';
comment on column clue.state is 'new: nobody has it yet; dispatched: a township or village has it; cleared: no signal holds any more';
comment on column clue.opened_on is 'Day it was opened; a clue that comes back within the merge window keeps it';
comment on column clue.last_signal_on is 'Day a signal was last raised or its figures changed';
comment on column clue.assignee is 'Township or village that has it';
comment on column clue.due_on is 'Last day for the one who has it';
comment on column clue.dispatched_at is 'When it was last handed over';
comment on column clue.dispatched_by is 'Who handed it over';
comment on column clue.dispatch_note is 'Note to the one who has it';
comment on column clue.cleared_on is 'Day the last of its signals ceased to hold';
create unique index clue_open on clue (county, household_id, cause) where state <> 'cleared';
create index clue_household on clue (county, household_id);
create index clue_id on clue (id);

-- Counts and facets of an area are read from this index alone.
create index clue_area on clue (village)
  include (state, level, cause, rules, opened_on, cleared_on, due_on, household_id);
-- First page of the open clues in the two usual orders, without sorting a whole province.
create index clue_by_level on clue (level_rank, opened_on desc, id) include (village) where state <> 'cleared';
create index clue_by_day on clue (opened_on desc, id) include (village) where state <> 'cleared';
create index clue_due on clue (due_on) include (village) where state = 'dispatched';

create table clue_event (
  county integer not null,
  id bigint generated always as identity,
  clue_id uuid not null,
  at timestamptz not null,
  kind text not null check (
    kind in ('opened', 'signal', 'signal-cleared', 'level', 'dispatched', 'recalled', 'cleared', 'reopened')),
  by_user text references auth_user (id),
  details jsonb not null,
  primary key (county, id)
);
comment on table clue_event is 'What happened to a clue, in order; rows are only ever added';
comment on column clue_event.county is '6-digit county code; distribution column';
comment on column clue_event.id is 'Order of events';
comment on column clue_event.clue_id is 'The clue';
comment on column clue_event.at is 'When';
comment on column clue_event.kind is 'opened, signal, signal-cleared, level, dispatched, recalled, cleared or reopened';
comment on column clue_event.by_user is 'Who; null for the platform itself';
comment on column clue_event.details is 'Values of the sentence, all texts: rule, rules, level, from, place, dueOn, note, reason';
create index clue_event_clue on clue_event (county, clue_id, id);
create index clue_event_hand_over on clue_event (clue_id, id) where kind in ('dispatched', 'recalled');
