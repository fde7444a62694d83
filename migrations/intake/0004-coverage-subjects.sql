-- A file covers what it speaks of: of a feed that tells several kinds of things, those it told. What each file covered
-- is kept, so that a past day can be judged by what was covered then.

alter table feed_coverage add column subject text not null default '';
alter table feed_coverage drop constraint feed_coverage_pkey;
alter table feed_coverage add constraint feed_coverage_pkey primary key (feed, county, subject);
comment on column feed_coverage.subject is 'Subject of the feed, as its definition names them; empty: all it speaks of';

create table batch_coverage (
  county integer not null,
  batch_id bigint not null,
  feed text not null,
  subject text not null,
  covered_until date not null,
  known_from timestamptz not null,
  constraint batch_coverage_pkey primary key (county, batch_id, subject),
  constraint batch_coverage_batch_id_fkey foreign key (batch_id) references batch (id)
);
comment on table batch_coverage is 'What each merged file covered, county by county: a past day is judged by the files '
  'known then';
comment on column batch_coverage.county is '6-digit county code';
comment on column batch_coverage.batch_id is 'The file';
comment on column batch_coverage.feed is 'Code of the feed definition';
comment on column batch_coverage.subject is 'Subject of the feed; empty: all it speaks of';
comment on column batch_coverage.covered_until is 'Up to which day the file covers it there';
comment on column batch_coverage.known_from is 'When the file was merged';

-- Until now a file covered every county of its area.
insert into batch_coverage (county, batch_id, feed, subject, covered_until, known_from)
select c.code / 1000000, b.id, b.feed, '', b.covered_until, b.merged_at
from batch b
join division a on a.code = b.area
join division c on c.level = 'county' and c.code between a.code and a.code + case a.level
  when 'province' then 9999999999 when 'city' then 99999999 else 999999 end
where b.covered_until is not null and b.merged_at is not null;
