-- What is to be done is told from these indexes alone: in the order of days, with what row-level security and the holder ask for.
drop index clue_undispatched;
create index clue_undispatched on clue (county, dispatch_due_on, level_rank, id) include (village, household_id) where state = 'new';
create index clue_undispatched_due on clue (dispatch_due_on, level_rank, id) include (village, county, household_id) where state = 'new';
drop index clue_at_place;
create index clue_at_place on clue (assignee, due_on, level_rank, id) include (village, county, household_id) where state = 'dispatched';
drop index clue_given;
create index clue_given on clue (dispatched_by, due_on, level_rank, id) include (village, county, household_id, state, visit_id)
  where state in ('dispatched', 'verifying');
create index clue_placed_due on clue (due_on, level_rank, id) include (village, county, household_id, assignee)
  where state = 'dispatched';

drop index visit_of;
create index visit_of on visit (visitor, due_on, level_rank, id) include (village, county, household_id) where state = 'planned';
create index visit_planned_due on visit (due_on, level_rank, id) include (village, county, household_id, visitor)
  where state = 'planned';
create index visit_planned_area on visit (village) include (due_on, county, household_id, visitor, level_rank, id)
  where state = 'planned';
create index visit_reported on visit (village) include (settle_due_on, county, household_id, visitor, level_rank, id)
  where state = 'reported';
create index visit_planned_by on visit (planned_by) where state in ('planned', 'reported');

create index case_file_open on case_file (village) include (county, household_id, id, step, due_on, total_due_on, paused_on)
  where state = 'running';
create index plan_bare on plan (village, first_measure_due_on) include (county, household_id, id)
  where closed_on is null and measures = 0;

create index visit_report_by on visit_report (by_user, reported_at);
create index measure_made_by on measure (made_by, made_at);
