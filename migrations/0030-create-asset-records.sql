-- What departments say about the items of the check list, and what people say on the hotlines.
create table asset_record (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  item text not null,
  detail text not null,
  found_on date not null,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table asset_record is '信息比对结果: Comparison results, facts of the feed comparison-result; superseded, never overwritten';
comment on column asset_record.county is '6-digit county code; distribution column';
comment on column asset_record.household_id is 'Household in the registry';
comment on column asset_record.person_id is 'Person in the registry';
comment on column asset_record.batch_id is 'Batch that told us';
comment on column asset_record.row_no is 'Row of the batch, counted from 1 after the header';
comment on column asset_record.item is '核查项: Item; N01, N02, N03, N04, N05, N06, N07, N08, N09, N10';
comment on column asset_record.detail is '说明: What was found';
comment on column asset_record.found_on is '日期: Found on';
comment on column asset_record.known_from is 'When the batch was merged';
comment on column asset_record.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index asset_record_live on asset_record (county, household_id, person_id, item) where known_until is null;
create index asset_record_past on asset_record (county, household_id) where known_until is not null;

create table petition_complaint (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  ticket_no text not null,
  line text not null,
  subject text not null,
  content text not null,
  received_on date not null,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table petition_complaint is '信访热线诉求: Complaints and hotline calls, facts of the feed complaint; superseded, never overwritten';
comment on column petition_complaint.county is '6-digit county code; distribution column';
comment on column petition_complaint.household_id is 'Household in the registry';
comment on column petition_complaint.person_id is 'Person in the registry';
comment on column petition_complaint.batch_id is 'Batch that told us';
comment on column petition_complaint.row_no is 'Row of the batch, counted from 1 after the header';
comment on column petition_complaint.ticket_no is '工单编号: Ticket number';
comment on column petition_complaint.line is '渠道: Channel; 12317, 12345, letter, online';
comment on column petition_complaint.subject is '诉求类型: Subject; illness, disability, schooling, disaster, job, housing, water, living, other';
comment on column petition_complaint.content is '诉求内容: Content';
comment on column petition_complaint.received_on is '受理日期: Received on';
comment on column petition_complaint.known_from is 'When the batch was merged';
comment on column petition_complaint.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index petition_complaint_live on petition_complaint (county, household_id, person_id, ticket_no) where known_until is null;
create index petition_complaint_past on petition_complaint (county, household_id) where known_until is not null;

do $$
declare name text;
begin
  foreach name in array array['asset_record', 'petition_complaint'] loop
    execute format('revoke all on %I from public', name);
    execute format('alter table %I enable row level security', name);
    execute format('create policy work on %I to shouwang_work using (true) with check (true)', name);
    execute format('create policy app on %I to shouwang_app using ('
      '(county >= (select scope_county_from()) and county <= (select scope_county_to())) or sees_household(county, household_id))', name);
    execute format('grant select on %I to shouwang_app', name);
    execute format('grant select, insert, update, delete, maintain, truncate, references on %I to shouwang_work', name);
  end loop;
end $$;
