-- What an account took of households, in lists, pages and files, so that many small pieces count as one.
create table taken (
  user_id text not null,
  on_day date not null,
  area integer not null,
  listed integer not null default 0,
  opened integer not null default 0,
  exported integer not null default 0,
  points bigint not null default 0,
  constraint taken_pkey primary key (user_id, on_day, area)
);
comment on table taken is 'What an account took of households by day and county: different households in lists, pages '
  'opened, rows of exports nobody else agreed to';
comment on column taken.user_id is 'Who';
comment on column taken.on_day is 'Day in China';
comment on column taken.area is 'First six digits of the county''s code; of a file, of the requester''s area';
comment on column taken.listed is 'Different households in lists';
comment on column taken.opened is 'Different households opened';
comment on column taken.exported is 'Rows of exports that needed no second person';
comment on column taken.points is 'All of it together, weighted as the policy says';
create index taken_area on taken (area, on_day);
