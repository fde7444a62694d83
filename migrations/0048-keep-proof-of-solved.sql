-- "Solved by the department" names the department, the day and the paper that says so.
alter table visit_finding add column proof jsonb;
comment on column visit_finding.proof is 'For solved: department, day it was done and the paper that says so';
alter table clue add column outcome_proof jsonb;
comment on column clue.outcome_proof is 'For solved: department, day it was done and the paper that says so';
