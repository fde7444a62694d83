-- What the register and the coverage of sources were on a past day: facts keep both their times, these did not.
alter table batch add column covered_until date;
comment on column batch.covered_until is 'Up to which day it covers its area; null for one that covers no county, and until it is merged';
update batch b set covered_until = c.covered_until from feed_coverage c where c.batch_id = b.id;
