-- A clue ends in more ways than its facts ceasing to hold, and comes by more ways than a rule.
alter table clue rename column cleared_on to closed_on;
alter table clue add column channel text not null default 'rule' check (channel in ('rule', 'self', 'cadre', 'petition', 'transfer'));
alter table clue add column reports smallint not null default 0;
alter table clue add column dispatch_due_on date;
alter table clue add column visit_id uuid;
alter table clue add column case_id uuid;
alter table clue add column outcome_reason text;
alter table clue add column outcome_note text;
alter table clue add column decided_by text references auth_user (id);
alter table clue alter column strongest_signal drop not null;
comment on column clue.state is 'new: nobody has it yet; dispatched: a township or village has it; verifying: a named person goes, or went; confirmed, excluded, solved by the department, cleared: no signal holds any more';
comment on column clue.closed_on is 'Day it ended; null while it is open';
comment on column clue.strongest_signal is 'Signal that says most: highest level, then largest margin; null where only people reported';
comment on column clue.channel is 'How the worry arrived first: rule, self (the household), cadre, petition (a complaint line), transfer (another level)';
comment on column clue.reports is 'How many reports of people stand in it';
comment on column clue.dispatch_due_on is 'Last day to hand it to somebody';
comment on column clue.visit_id is 'Visit that looks into it';
comment on column clue.case_id is 'Case that followed';
comment on column clue.outcome_reason is 'Why it was excluded: fact-wrong, cost-reimbursed, income-sufficient, supported-by-kin, already-helped, not-resident or other';
comment on column clue.outcome_note is 'What was found, or what the department did';
comment on column clue.decided_by is 'Who decided; never whoever was at the household';

do $$
declare name text;
begin
  for name in select conname from pg_constraint where conrelid = 'clue'::regclass and contype = 'c'
    and (pg_get_constraintdef(oid) like '%cleared%' or pg_get_constraintdef(oid) like '%dispatched%') loop
    execute format('alter table clue drop constraint %I', name);
  end loop;
end $$;
alter table clue add check (state in ('new', 'dispatched', 'verifying', 'confirmed', 'excluded', 'solved', 'cleared'));
alter table clue add check ((closed_on is null) = (state in ('new', 'dispatched', 'verifying')));
alter table clue add check (state not in ('dispatched', 'verifying') or (assignee is not null and due_on is not null));
alter table clue add check (state <> 'new' or (assignee is null and visit_id is null));
alter table clue add check (state <> 'verifying' or visit_id is not null);
alter table clue add check (state <> 'excluded' or outcome_reason is not null);
alter table clue add check (strongest_signal is not null or reports > 0);

-- Every index that said "not cleared" says "open" now.
do $$
declare one record;
begin
  for one in select i.relname as name, pg_get_indexdef(i.oid) as def from pg_index x join pg_class i on i.oid = x.indexrelid
    where x.indrelid = 'clue'::regclass and pg_get_expr(x.indpred, x.indrelid) like '%cleared%' loop
    execute format('drop index %I', one.name);
    execute regexp_replace(one.def, 'WHERE .*$', 'WHERE (closed_on IS NULL)');
  end loop;
end $$;
drop index clue_area, clue_due;
create index clue_area on clue (village)
  include (county, household_id, state, level, cause, channel, rules, opened_on, closed_on, due_on);
create index clue_due on clue (due_on) include (village, state, assignee) where state in ('dispatched', 'verifying');
create index clue_undispatched on clue (county, dispatch_due_on) include (village) where state = 'new';
create index clue_at_place on clue (assignee, due_on) include (village) where state = 'dispatched';
create index clue_given on clue (dispatched_by, due_on) include (village) where state in ('dispatched', 'verifying');
create index clue_visit on clue (county, visit_id) where visit_id is not null;
create index clue_confirmed on clue (county, household_id, cause) where state = 'confirmed';

alter table clue_event drop constraint clue_event_kind_check;
alter table clue_event add constraint clue_event_kind_check check (kind in ('opened', 'signal', 'signal-cleared', 'level', 'dispatched',
  'recalled', 'cleared', 'reopened', 'reported', 'assigned', 'visited', 'again', 'confirmed', 'excluded', 'solved'));
comment on column clue_event.kind is 'opened, signal, signal-cleared, level, dispatched, recalled, cleared, reopened, reported, assigned, visited, again, confirmed, excluded or solved';
drop index clue_event_hand_over;
create index clue_event_hand_over on clue_event (clue_id, id) where kind in
  ('dispatched', 'recalled', 'assigned', 'visited', 'again', 'confirmed', 'excluded', 'solved', 'cleared');
create index clue_event_by on clue_event (by_user, at) where by_user is not null;

create table clue_report (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  clue_id uuid not null,
  channel text not null check (channel in ('self', 'cadre', 'petition', 'transfer')),
  at timestamptz not null,
  by_user text references auth_user (id),
  by_name text not null,
  text text not null,
  request uuid not null,
  primary key (county, id),
  foreign key (county, clue_id) references clue (county, id)
);
comment on table clue_report is 'What people said about a household; rows are only ever added';
comment on column clue_report.county is '6-digit county code; distribution column';
comment on column clue_report.id is 'Order of arrival';
comment on column clue_report.household_id is 'The household';
comment on column clue_report.clue_id is 'Clue it belongs to';
comment on column clue_report.channel is 'self, cadre, petition or transfer';
comment on column clue_report.at is 'When';
comment on column clue_report.by_user is 'Account that wrote it down; null for a household on its own phone';
comment on column clue_report.by_name is 'Who said it';
comment on column clue_report.text is 'What was said; long numbers are masked';
comment on column clue_report.request is 'Made by the client: the same request twice is one report';
create unique index clue_report_request on clue_report (county, request);
create index clue_report_clue on clue_report (county, clue_id, id);

create table clue_shield (
  county integer not null,
  id bigint generated always as identity,
  household_id bigint not null,
  cause text not null,
  rule text not null,
  figures jsonb not null,
  clue_id uuid not null,
  since date not null,
  primary key (county, id)
);
comment on table clue_shield is 'Facts that were looked into and found to be no risk: as long as nothing about them changes they open no clue again';
comment on column clue_shield.county is '6-digit county code; distribution column';
comment on column clue_shield.id is 'Internal id';
comment on column clue_shield.household_id is 'The household';
comment on column clue_shield.cause is 'Risk cause';
comment on column clue_shield.rule is 'Rule that raised it';
comment on column clue_shield.figures is 'Figures the rule had looked at; others come through';
comment on column clue_shield.clue_id is 'Clue that was excluded';
comment on column clue_shield.since is 'Day of the decision';
create index clue_shield_household on clue_shield (county, household_id, rule);

do $$
declare name text;
begin
  foreach name in array array['clue_report', 'clue_shield'] loop
    execute format('revoke all on %I from public', name);
    execute format('alter table %I enable row level security', name);
    execute format('create policy work on %I to shouwang_work using (true) with check (true)', name);
    execute format('create policy app on %I to shouwang_app using ('
      '(county >= (select scope_county_from()) and county <= (select scope_county_to())) or sees_household(county, household_id))', name);
    execute format('grant select, insert on %I to shouwang_app', name);
    execute format('grant select, insert, update, delete, maintain, truncate on %I to shouwang_work', name);
  end loop;
end $$;
grant insert on clue to shouwang_app;
grant usage, select on all sequences in schema public to shouwang_work;
