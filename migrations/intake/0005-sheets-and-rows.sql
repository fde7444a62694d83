-- Several sheets of a workbook read as one table, and what of a file nobody sees when it is opened.

alter table batch
  add column layouts jsonb,
  add column left_sheets text[] not null default '{}',
  add column merges_rows boolean not null default true,
  add column hidden_rows bigint;
comment on column batch.layouts is 'The sheets taken together, in their order: list of {name, headerRow, places}; '
  'null where one is taken. A row of the k-th, from 0, bears the number k x 2^21 + its row';
comment on column batch.left_sheets is 'Sheets of the file that hold something and were not taken';
comment on column batch.merges_rows is 'Whether cells are merged over rows; if not, they are not looked for';
comment on column batch.hidden_rows is 'Rows taken that are hidden or filtered away in the file; null until it is '
  'checked';
comment on column batch.format is 'csv, xlsx, xls, xlsb, xml, ods, html or dbf';
comment on column batch.sheet is 'Sheet, or sheets joined, of the file';

alter table upload add column others jsonb not null default '[]';
alter table upload alter column others drop default;
comment on column upload.others is 'Sheets without a header: list of {name, hidden, columns}; no cells';
comment on column upload.format is 'csv, xlsx, xls, xlsb, xml, ods, html or dbf';
comment on column upload.sheets is 'List of {name, hidden, mergesRows, headerRow, headers, rowEstimate}; '
  'no cells';

create or replace view batch_source as
  select id, ref, feed, department, area, file_name, as_of, received_at,
    case when layouts is not null then
      array(select l.sheet ->> 'name' from jsonb_array_elements(layouts) with ordinality l (sheet, k) order by l.k)
    end as sheets
  from batch
  where (select scope_account()) is not null or (select has_table_privilege(session_user, 'batch', 'delete'));
comment on column batch_source.sheets is 'Names of the sheets taken together, by which a row number tells its sheet; '
  'null for one';
