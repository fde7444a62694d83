-- What the rules of 2021 look at: who was resolved before, and what is left of the income after rigid spending.
alter table indicator add column resolved boolean not null default false;
comment on column indicator.resolved is 'Was monitored, its risk is resolved, and it is tracked';
alter table indicator add column income_after_rigid_per_head_fen integer;
comment on column indicator.income_after_rigid_per_head_fen is 'Net income less self-paid medical and school spending in the window of the policy, per head; negative where more was spent; 分';
