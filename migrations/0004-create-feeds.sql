create table batch (
  id bigint generated always as identity primary key,
  ref uuid not null default uuidv7() unique,
  feed text not null,
  department text not null,
  area bigint not null references division (code),
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
  corrects bigint references batch (id),
  state text not null check (state in ('received', 'checked', 'matched', 'held', 'merged', 'unchanged', 'refused', 'failed')),
  received_at timestamptz not null,
  received_by text references auth_user (id),
  as_of date not null,
  progress_rows bigint not null default 0,
  progress_bytes bigint not null default 0,
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
  decided_by text references auth_user (id),
  decided_at timestamptz,
  decision_reason text,
  merged_at timestamptz,
  error jsonb
);
comment on table batch is 'One received file (or sheet) on its way received → checked → matched → merged, or held, unchanged, refused, failed';
comment on column batch.id is 'Internal id; facts name the batch that told us';
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
comment on column batch.progress_bytes is 'Bytes of the file read so far';
comment on column batch.stage_times is 'Stage → milliseconds';
comment on column batch.total_rows is 'Data rows in the file';
comment on column batch.rejected_rows is 'Rows that came back with reasons';
comment on column batch.duplicate_rows is 'Rows that say the same as an earlier row of the file';
comment on column batch.exact_rows is 'Rows whose ID number and name match a person';
comment on column batch.id_only_rows is 'Rows whose ID number matches and name differs: for review';
comment on column batch.name_birth_rows is 'Rows matched by name and birth date alone: for review';
comment on column batch.unmatched_rows is 'Rows about people outside the registry; only this count is kept';
comment on column batch.inserted_rows is 'Facts that are new';
comment on column batch.superseded_rows is 'Earlier facts that this batch corrected';
comment on column batch.unchanged_rows is 'Rows that say what was known already';
comment on column batch.touched_households is 'Households whose facts changed';
comment on column batch.new_signals is 'Signals raised';
comment on column batch.new_clues is 'Clues opened';
comment on column batch.hold_reasons is 'Why it is held: list of {code, share, limit}';
comment on column batch.decided_by is 'Who released or refused it';
comment on column batch.decided_at is 'When';
comment on column batch.decision_reason is 'Why';
comment on column batch.merged_at is 'When its facts became known';
comment on column batch.error is 'Why it failed: {code, details}';
create index batch_recent on batch (received_at desc);
create index batch_same_file on batch (feed, file_sm3);

create table batch_reject (
  batch_id bigint not null references batch (id),
  row_no integer not null,
  reasons jsonb not null,
  row_cipher bytea not null,
  primary key (batch_id, row_no)
);
comment on table batch_reject is 'Rows that were sent back: the original row and the reasons';
comment on column batch_reject.batch_id is 'The batch';
comment on column batch_reject.row_no is 'Row number in the file';
comment on column batch_reject.reasons is 'List of {code, column, value kept only where it identifies nobody}';
comment on column batch_reject.row_cipher is 'The original row, JSON array of cells, SM4 ciphertext';

create table batch_review (
  batch_id bigint not null references batch (id),
  row_no integer not null,
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  match_class text not null check (match_class in ('id-only', 'name-birth')),
  row_cipher bytea not null,
  decision text check (decision in ('accepted', 'declined')),
  decided_by text references auth_user (id),
  decided_at timestamptz,
  primary key (batch_id, row_no)
);
comment on table batch_review is 'Rows whose match is not certain; a person accepts or declines them';
comment on column batch_review.batch_id is 'The batch';
comment on column batch_review.row_no is 'Row number in the file';
comment on column batch_review.county is 'County of the candidate household';
comment on column batch_review.household_id is 'Candidate household';
comment on column batch_review.person_id is 'Candidate person';
comment on column batch_review.match_class is 'id-only: the number fits, the name differs; name-birth: the number is unknown, name and birth date fit';
comment on column batch_review.row_cipher is 'The original row, JSON array of cells, SM4 ciphertext';
comment on column batch_review.decision is 'accepted or declined; null while open';
comment on column batch_review.decided_by is 'Who decided';
comment on column batch_review.decided_at is 'When';
create index batch_review_open on batch_review (county, batch_id) where decision is null;

create table feed_mapping (
  feed text not null,
  header_sm3 text not null,
  name text not null,
  mapping jsonb not null,
  saved_by text references auth_user (id),
  saved_at timestamptz not null,
  primary key (feed, header_sm3)
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
  batch_id bigint not null references batch (id),
  merged_at timestamptz not null,
  primary key (feed, county)
);
comment on table feed_coverage is 'Until which day each county is covered by each feed; older than the policy allows means late';
comment on column feed_coverage.feed is 'Code of the feed definition';
comment on column feed_coverage.county is '6-digit county code';
comment on column feed_coverage.covered_until is 'Last day any merged batch spoke about';
comment on column feed_coverage.batch_id is 'The batch that brought it there';
comment on column feed_coverage.merged_at is 'When';
