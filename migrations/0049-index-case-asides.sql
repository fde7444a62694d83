-- What waits beside the steps of a case is work too: few rows of many, found without reading the rest.
create index case_objection_open on case_objection (county, case_id) include (due_on, taken_by) where outcome is null;
create index case_flag_open on case_flag (county, case_id) where decision is null;
