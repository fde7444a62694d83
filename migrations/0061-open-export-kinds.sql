-- Every module may bring lists that can be taken away; which there are, the server knows.
alter table export drop constraint export_kind_check;
alter table export add constraint export_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$');
comment on column export.kind is 'Which list, as its module names it: clues, households, rejects (rows of a file that were sent back) …';
