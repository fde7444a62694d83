-- What the register and the coverage of sources were on a past day: facts keep both their times, these did not.
alter table batch add column covered_until date;
comment on column batch.covered_until is 'Up to which day it covers its area; null for one that covers no county, and until it is merged';
update batch b set covered_until = c.covered_until from feed_coverage c where c.batch_id = b.id;

alter table category_spell add column opened_at timestamptz;
update category_spell set opened_at = from_on::timestamp at time zone 'Asia/Shanghai';
alter table category_spell alter column opened_at set default now(), alter column opened_at set not null;
comment on column category_spell.opened_at is 'When it was written: from then on it was known';

create table membership_end (
  county integer not null,
  person_id bigint not null,
  known_from timestamptz not null,
  left_on date not null,
  primary key (county, person_id, known_from)
);
comment on table membership_end is 'Memberships that ended without a record of their own: the record was withdrawn, or a member elsewhere bears the number';
comment on column membership_end.county is '6-digit county code; distribution column';
comment on column membership_end.person_id is 'The person';
comment on column membership_end.known_from is 'When the batch that ended it was merged; a later record of the person counts instead';
comment on column membership_end.left_on is 'Day the person left';
