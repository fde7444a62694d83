-- Overdue has one meaning for every open clue: the last day of whoever has it now is past. While nobody has it
-- that is the county's day to hand it on, afterwards the day of whoever it was handed to.
alter table clue add column next_due_on date generated always as (
  case when state = 'new' then dispatch_due_on when state in ('dispatched', 'verifying') then due_on end) stored;
comment on column clue.next_due_on is 'Last day of whoever has it now: to hand it on, to look into it or to decide; '
  'null once it ended';
-- Counts of what is overdue, by area, level and cause, come from this index alone; lists by day in its order.
create index clue_next_due on clue (next_due_on, level_rank, id) include (county, household_id, village, state, level,
  cause, channel, rules) where next_due_on is not null;
drop index clue_due;
