-- Places: the 12-digit codes of provinces, cities, counties, townships and villages.

create table division (
  code bigint not null,
  parent_code bigint,
  level text not null,
  name text not null,
  constraint division_pkey primary key (code),
  constraint division_level_known check (level in ('province', 'city', 'county', 'township', 'village')),
  constraint division_parent_code_fkey foreign key (parent_code) references division (code)
);
comment on table division is 'Administrative divisions of Anhui, province to village';
comment on column division.code is '12-digit statistical division code';
comment on column division.parent_code is 'Code of the division above; null for the province';
comment on column division.level is 'province, city, county, township or village';
comment on column division.name is 'Chinese name';
create index division_parent on division (parent_code, code);
