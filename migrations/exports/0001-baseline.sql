-- The register of exports.

-- The register of exports: who took which list away, when, why, and who agreed.
create table export (
  id uuid not null default uuidv7(),
  serial bigint generated always as identity,
  kind text not null,
  filter jsonb not null,
  purpose text not null,
  requested_by text not null,
  requester_area bigint not null,
  requested_at timestamptz not null,
  row_total bigint not null,
  row_limit bigint,
  state text not null,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  expires_at timestamptz not null,
  downloads integer not null default 0,
  last_download_at timestamptz,
  constraint export_pkey primary key (id),
  constraint export_serial_key unique (serial),
  constraint export_decided_by_another check (decided_by is distinct from requested_by),
  constraint export_declined_by_somebody check (state <> 'declined' or decided_by is not null),
  constraint export_kind_is_a_word check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  constraint export_pending_undecided check (state <> 'pending' or decided_by is null),
  constraint export_state_known check (state in ('pending', 'ready', 'declined')),
  constraint export_decided_by_fkey foreign key (decided_by) references auth_user (id),
  constraint export_requested_by_fkey foreign key (requested_by) references auth_user (id),
  constraint export_requester_area_fkey foreign key (requester_area) references division (code)
);
comment on table export is 'The register of exports; rows are only ever added and decided';
comment on column export.id is 'Public reference';
comment on column export.serial is 'Number that stands in the file, visible and hidden';
comment on column export.kind is 'Which list, as its module names it: clues, households, rejects (rows of a file that '
  'were sent back) …';
comment on column export.filter is 'The list''s filter; ID numbers in it are masked';
comment on column export.purpose is 'What the file is for, in the words of whoever asked';
comment on column export.requested_by is 'Who asked';
comment on column export.requester_area is 'Area of whoever asked, at that time';
comment on column export.requested_at is 'When, on the platform''s day';
comment on column export.row_total is 'Rows at the time it was asked for';
comment on column export.row_limit is 'From how many rows on a second person decides; null where the rows are one''s '
  'own';
comment on column export.state is 'pending: waits for a second person; ready: may be fetched; declined';
comment on column export.decided_by is 'Who decided: never whoever asked';
comment on column export.decided_at is 'When it was decided';
comment on column export.decision_reason is 'Reason of the decision';
comment on column export.expires_at is 'Until when it can be decided and fetched';
comment on column export.downloads is 'How often it was fetched';
comment on column export.last_download_at is 'When it was last fetched';
create index export_area on export (requester_area, requested_at desc);
create index export_pending on export (requester_area) where state = 'pending';
create index export_requester on export (requested_by, requested_at desc);

create table export_item (
  county integer not null,
  household_id bigint not null,
  village bigint not null,
  export_id uuid not null,
  constraint export_item_pkey primary key (county, household_id, export_id),
  constraint export_item_export_id_fkey foreign key (export_id) references export (id)
);
comment on table export_item is 'Which households stood in an export, so that each can be told';
comment on column export_item.county is '6-digit county code; distribution column';
comment on column export_item.household_id is 'The household';
comment on column export_item.village is '12-digit code of the village the household lives in; it follows the '
  'household';
comment on column export_item.export_id is 'The export';
