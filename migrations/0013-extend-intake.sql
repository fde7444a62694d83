create schema intake;
comment on schema intake is 'Working tables of batches on their way; one set per running batch, dropped when it ends';

create table upload (
  ref uuid primary key,
  file_name text not null,
  file_size bigint not null,
  file_sm3 text not null,
  format text not null,
  encoding text,
  sheets jsonb not null,
  received_at timestamptz not null,
  received_by text references auth_user (id)
);
comment on table upload is 'Files that were sent and inspected; a batch imports one sheet of one of them';
comment on column upload.ref is 'Where the encrypted file lies in the file store';
comment on column upload.file_name is 'Name of the file as sent';
comment on column upload.file_size is 'Bytes of the file';
comment on column upload.file_sm3 is 'SM3 of the file, hexadecimal';
comment on column upload.format is 'csv, xlsx, xls or dbf';
comment on column upload.encoding is 'Text encoding, for csv and dbf';
comment on column upload.sheets is 'List of {name, headerRow, headers, rowEstimate}; no cells';
comment on column upload.received_at is 'When received';
comment on column upload.received_by is 'Who sent it; null from the command line';

alter table batch drop column progress_bytes;
alter table batch
  add column headers text[] not null default '{}',
  add column row_estimate bigint not null default 0,
  add column progress_stage text check (progress_stage in ('check', 'match', 'merge', 'screen')),
  add column progress_share real not null default 0;
comment on column batch.headers is 'Header row of the sheet, by position';
comment on column batch.row_estimate is 'About how many rows the sheet has, told before it was read';
comment on column batch.progress_stage is 'Stage that runs; null when nothing runs';
comment on column batch.progress_share is 'How far the whole way is done, 0 to 1';
create index batch_area on batch (area, received_at desc);
