-- Several refunds of one number stand beside each other, a bill made out anew beside the one that was taken back, and a
-- refund whose bill nobody knows is named.

alter table medical_settlement add column if not exists issue text not null default '';
comment on column medical_settlement.issue is 'Tells rows of one number apart: empty for a bill, day and amount of a '
  'refund, after which a bill was made out anew';
update medical_settlement set issue = to_char(settled_on, 'YYYY-MM-DD') || ' ' || -total_fen where refund;
drop index if exists medical_settlement_live;
create unique index medical_settlement_live
  on medical_settlement (county, household_id, person_id, settlement_no, refund, issue) where known_until is null;
drop index if exists medical_settlement_refunds;
create index medical_settlement_refunds on medical_settlement (county, household_id, person_id)
  where refund and known_until is null;

create table waiting_refund (
  county integer not null,
  village bigint not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  constraint waiting_refund_pkey primary key (county, household_id, person_id, batch_id, row_no)
);
create index waiting_refund_of_batch on waiting_refund (batch_id, row_no);
comment on table waiting_refund is 'Refunds whose bill is not known: they take nothing back until it comes';
comment on column waiting_refund.county is '6-digit county code; distribution column';
comment on column waiting_refund.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column waiting_refund.household_id is 'Household in the registry';
comment on column waiting_refund.person_id is 'Person in the registry';
comment on column waiting_refund.batch_id is 'Batch the refund came from';
comment on column waiting_refund.row_no is 'Row of the batch, counted from 1 after the header';
