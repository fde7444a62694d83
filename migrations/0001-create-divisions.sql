create table division (
  code bigint primary key,
  parent_code bigint references division (code),
  level text not null check (level in ('province', 'city', 'county', 'township', 'village')),
  name text not null
);
comment on table division is 'Administrative divisions of Anhui, province to village';
comment on column division.code is '12-digit statistical division code';
comment on column division.parent_code is 'Code of the division above; null for the province';
comment on column division.level is 'province, city, county, township or village';
comment on column division.name is 'Chinese name';
create index division_parent on division (parent_code, code);
