-- Files on their way. The fact tables they fill are made from the feed definitions
-- (server/modules/feeds/definitions/fact-table.ts).

create table batch (
  id bigint generated always as identity,
  ref uuid not null default uuidv7(),
  feed text not null,
  department text not null,
  area bigint not null,
  period_from date,
  period_to date,
  file_name text not null,
  file_ref text not null,
  file_size bigint not null,
  file_sm3 text not null,
  format text not null,
  encoding text,
  sheet text,
  header_row integer not null,
  mapping jsonb not null,
  corrects bigint,
  state text not null,
  received_at timestamptz not null,
  received_by text,
  as_of date not null,
  progress_rows bigint not null default 0,
  stage_times jsonb not null default '{}',
  total_rows bigint,
  rejected_rows bigint,
  duplicate_rows bigint,
  exact_rows bigint,
  id_only_rows bigint,
  name_birth_rows bigint,
  unmatched_rows bigint,
  inserted_rows bigint,
  superseded_rows bigint,
  unchanged_rows bigint,
  touched_households bigint,
  new_signals bigint,
  new_clues bigint,
  hold_reasons jsonb,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  merged_at timestamptz,
  error jsonb,
  headers text[] not null default '{}',
  row_estimate bigint not null default 0,
  progress_stage text,
  progress_share real not null default 0,
  file_erased_at timestamptz,
  covered_until date,
  constraint batch_pkey primary key (id),
  constraint batch_ref_key unique (ref),
  constraint batch_progress_stage_known check (progress_stage in ('check', 'match', 'merge', 'screen')),
  constraint batch_state_known check (state in ('received', 'checked', 'matched', 'held', 'merged', 'unchanged',
    'refused', 'failed')),
  constraint batch_area_fkey foreign key (area) references division (code),
  constraint batch_corrects_fkey foreign key (corrects) references batch (id),
  constraint batch_decided_by_fkey foreign key (decided_by) references auth_user (id),
  constraint batch_received_by_fkey foreign key (received_by) references auth_user (id)
);
comment on table batch is 'One received file (or sheet) on its way received → checked → matched → merged, or held, '
  'unchanged, refused, failed';
comment on column batch.id is 'Internal id; facts name the batch they came from';
comment on column batch.ref is 'Unguessable public reference';
comment on column batch.feed is 'Code of the feed definition';
comment on column batch.department is 'Department code the file came from';
comment on column batch.area is 'Division whose people the file covers';
comment on column batch.period_from is 'First day the file speaks about';
comment on column batch.period_to is 'Last day the file speaks about';
comment on column batch.file_name is 'Name of the file as sent';
comment on column batch.file_ref is 'Where the encrypted file lies in the file store';
comment on column batch.file_size is 'Bytes of the file';
comment on column batch.file_sm3 is 'SM3 of the file, hexadecimal: the same file again is recognised';
comment on column batch.format is 'csv, xlsx, xls or dbf';
comment on column batch.encoding is 'Text encoding, for csv and dbf';
comment on column batch.sheet is 'Sheet of the workbook that was read';
comment on column batch.header_row is 'Row of the file that holds the headers, from 1';
comment on column batch.mapping is 'Column key → header of the file';
comment on column batch.corrects is 'Earlier batch this file replaces: its rows that are missing here are withdrawn';
comment on column batch.state is 'received, checked, matched, held, merged, unchanged, refused or failed';
comment on column batch.received_at is 'When received';
comment on column batch.received_by is 'Who sent it; null from the command line';
comment on column batch.as_of is 'Day on which it was received and judged';
comment on column batch.progress_rows is 'Rows of the running stage done so far';
comment on column batch.stage_times is 'Stage → milliseconds';
comment on column batch.total_rows is 'Data rows in the file';
comment on column batch.rejected_rows is 'Rows that came back with reasons';
comment on column batch.duplicate_rows is 'Rows that are the same as an earlier row of the file';
comment on column batch.exact_rows is 'Rows whose ID number and name match a person';
comment on column batch.id_only_rows is 'Rows whose ID number matches and name differs: for review';
comment on column batch.name_birth_rows is 'Rows matched by name and birth date alone: for review';
comment on column batch.unmatched_rows is 'Rows about people outside the registry; only this count is kept';
comment on column batch.inserted_rows is 'Facts that are new';
comment on column batch.superseded_rows is 'Earlier facts that this batch corrected';
comment on column batch.unchanged_rows is 'Rows that repeat what was known already';
comment on column batch.touched_households is 'Households whose facts changed';
comment on column batch.new_signals is 'Signals raised';
comment on column batch.new_clues is 'Clues opened';
comment on column batch.hold_reasons is 'Why it is held: list of {code, share, limit}';
comment on column batch.decided_by is 'Who released or refused it';
comment on column batch.decided_at is 'When';
comment on column batch.decision_reason is 'Why';
comment on column batch.merged_at is 'When its facts became known';
comment on column batch.error is 'Why it failed: {code, details}';
comment on column batch.headers is 'Header row of the sheet, by position';
comment on column batch.row_estimate is 'About how many rows the sheet has, estimated before it was read';
comment on column batch.progress_stage is 'Stage that runs; null when nothing runs';
comment on column batch.progress_share is 'How far the whole way is done, 0 to 1';
comment on column batch.file_erased_at is 'When the received file was removed after its time; its facts stay';
comment on column batch.covered_until is 'Up to which day it covers its area; null for one that covers no county, and '
  'until it is merged';
create index batch_area on batch (area, received_at desc);
create index batch_file on batch (file_ref);
create index batch_recent on batch (received_at desc);
create index batch_same_file on batch (feed, file_sm3);

create table batch_reject (
  batch_id bigint not null,
  area bigint not null,
  feed text not null,
  row_no integer not null,
  reasons jsonb not null,
  row_cipher bytea,
  constraint batch_reject_pkey primary key (batch_id, row_no),
  constraint batch_reject_batch_id_fkey foreign key (batch_id) references batch (id)
);
comment on table batch_reject is 'Rows that were sent back: the original row and the reasons';
comment on column batch_reject.batch_id is 'The batch';
comment on column batch_reject.area is 'Division the file covers';
comment on column batch_reject.feed is 'Code of the feed definition';
comment on column batch_reject.row_no is 'Row number in the file';
comment on column batch_reject.reasons is 'List of {code, column, value kept only where it identifies nobody}';
comment on column batch_reject.row_cipher is 'The row as sent, encrypted; null once its time was over';

create table batch_review (
  batch_id bigint not null,
  area bigint not null,
  feed text not null,
  row_no integer not null,
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  match_class text not null,
  row_cipher bytea,
  decision text,
  decided_by text,
  decided_at timestamptz,
  constraint batch_review_pkey primary key (batch_id, row_no),
  constraint batch_review_decision_known check (decision in ('accepted', 'declined')),
  constraint batch_review_match_class_known check (match_class in ('id-only', 'name-birth')),
  constraint batch_review_batch_id_fkey foreign key (batch_id) references batch (id),
  constraint batch_review_decided_by_fkey foreign key (decided_by) references auth_user (id)
);
comment on table batch_review is 'Rows whose match is not certain; a person accepts or declines them';
comment on column batch_review.batch_id is 'The batch';
comment on column batch_review.area is 'Division the file covers';
comment on column batch_review.feed is 'Code of the feed definition';
comment on column batch_review.row_no is 'Row number in the file';
comment on column batch_review.county is 'County of the candidate household';
comment on column batch_review.household_id is 'Candidate household';
comment on column batch_review.person_id is 'Candidate person';
comment on column batch_review.match_class is 'id-only: the number fits, the name differs; name-birth: the number is '
  'unknown, name and birth date fit';
comment on column batch_review.row_cipher is 'The row as sent, encrypted; null once it was decided and its time was '
  'over';
comment on column batch_review.decision is 'accepted or declined; null while open';
comment on column batch_review.decided_by is 'Who decided';
comment on column batch_review.decided_at is 'When';
create index batch_review_open on batch_review (county, batch_id) where decision is null;

create table upload (
  ref uuid not null,
  file_name text not null,
  file_size bigint not null,
  file_sm3 text not null,
  format text not null,
  encoding text,
  sheets jsonb not null,
  received_at timestamptz not null,
  received_by text,
  constraint upload_pkey primary key (ref),
  constraint upload_received_by_fkey foreign key (received_by) references auth_user (id)
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

create table feed_mapping (
  feed text not null,
  header_sm3 text not null,
  name text not null,
  mapping jsonb not null,
  saved_by text,
  saved_at timestamptz not null,
  constraint feed_mapping_pkey primary key (feed, header_sm3),
  constraint feed_mapping_saved_by_fkey foreign key (saved_by) references auth_user (id)
);
comment on table feed_mapping is 'Column mappings a person saved; a file with the same headers gets the same mapping';
comment on column feed_mapping.feed is 'Code of the feed definition';
comment on column feed_mapping.header_sm3 is 'SM3 of the header row';
comment on column feed_mapping.name is 'Name of the file it was made for';
comment on column feed_mapping.mapping is 'Column key → header of the file';
comment on column feed_mapping.saved_by is 'Who saved it';
comment on column feed_mapping.saved_at is 'When';

create table feed_coverage (
  feed text not null,
  county integer not null,
  covered_until date not null,
  batch_id bigint not null,
  merged_at timestamptz not null,
  constraint feed_coverage_pkey primary key (feed, county),
  constraint feed_coverage_batch_id_fkey foreign key (batch_id) references batch (id)
);
comment on table feed_coverage is 'Until which day each county is covered by each feed; older than the policy allows '
  'means late';
comment on column feed_coverage.feed is 'Code of the feed definition';
comment on column feed_coverage.county is '6-digit county code';
comment on column feed_coverage.covered_until is 'Last day any merged batch spoke about';
comment on column feed_coverage.batch_id is 'The batch that brought it there';
comment on column feed_coverage.merged_at is 'When';

-- Names of the files facts came from. The view works with its owner's rights; it asks for itself. Files are brought to
-- an end by the work alone, which sees them all.
create view batch_source as
  select id, ref, feed, department, area, file_name, as_of, received_at from batch
  where (select scope_account()) is not null or (select has_table_privilege(session_user, 'batch', 'delete'));
comment on view batch_source is 'Of every batch, what an explanation may name to anybody who sees the household: '
  'never who sent it nor what else was in it';
comment on column batch_source.id is 'The batch';
comment on column batch_source.ref is 'Its reference, shown only to those who may open it';
comment on column batch_source.feed is 'Code of the feed definition';
comment on column batch_source.department is 'Department code';
comment on column batch_source.area is 'Division the file covers';
comment on column batch_source.file_name is 'Name of the file as sent';
comment on column batch_source.as_of is 'Day it was received for';
comment on column batch_source.received_at is 'When received';
