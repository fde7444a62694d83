-- What a file says of its amounts, and which of its rows are no data.

alter table batch
  add column unit jsonb,
  add column figures jsonb,
  add column known_figures jsonb,
  add column asides jsonb,
  add column left_out text[] not null default '{}';
comment on column batch.unit is 'What the file says of the unit of its amounts: {digits above fen, text, cell}; null '
  'where it says nothing';
comment on column batch.figures is 'Column key → {digits, stated, median in fen, filled, rows, by} of the money '
  'columns that were read; null until it is checked';
comment on column batch.known_figures is 'Medians of the file before it, or of what the same households were known '
  'by; null until it is matched';
comment on column batch.asides is 'Rows that are no data: {counts by kind, rows: the first of them}; null until it is '
  'checked';
comment on column batch.left_out is 'Doubtful columns the sender declared not needed';
comment on column batch.hold_reasons is 'Why it is held: list of {code, share, limit, column, known, found, rowNos}';

-- Settlements that take a bill back stand beside it under its number.
alter table medical_settlement add column if not exists refund boolean not null default false;
comment on column medical_settlement.refund is '退费标志: Takes a bill back';
drop index if exists medical_settlement_live;
create unique index medical_settlement_live
  on medical_settlement (county, household_id, person_id, settlement_no, refund) where known_until is null;
