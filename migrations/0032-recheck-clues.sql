-- What a department called solved is looked at again after a while; where its facts still stand the clue opens anew, and says so.
alter table clue_event drop constraint clue_event_kind_check;
alter table clue_event add constraint clue_event_kind_check check (kind in ('opened', 'signal', 'signal-cleared', 'level', 'dispatched',
  'recalled', 'cleared', 'reopened', 'reported', 'assigned', 'visited', 'again', 'confirmed', 'excluded', 'solved', 'rechecked'));
comment on column clue_event.kind is 'opened, signal, signal-cleared, level, dispatched, recalled, cleared, reopened, reported, assigned, visited, again, confirmed, excluded, solved or rechecked';
create index clue_solved on clue (county, closed_on) where state = 'solved';

-- A list of plans counts what each of them has; a household's last plan is found by the household.
create index plan_household on plan (county, household_id, closed_on);
