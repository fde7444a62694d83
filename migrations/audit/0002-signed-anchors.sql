-- How far the anchors outside the database reach, as the servers that write them last wrote it down.

create table audit_anchor (
  server text not null,
  seq bigint not null,
  anchored_at timestamptz not null,
  copied_seq bigint,
  copied_at timestamptz,
  problem text,
  constraint audit_anchor_pkey primary key (server)
);
comment on table audit_anchor is 'Newest anchor of every server that seals: what pages show; the anchors themselves '
  'lie in files';
comment on column audit_anchor.server is 'Machine and data folder of the server';
comment on column audit_anchor.seq is 'Place in the chain that its newest anchor names';
comment on column audit_anchor.anchored_at is 'When that seal was made';
comment on column audit_anchor.copied_seq is 'The same of the second place; null where none is configured or nothing '
  'was copied yet';
comment on column audit_anchor.copied_at is 'When the newest copied seal was made';
comment on column audit_anchor.problem is 'Why copying failed last; null where it did not';
