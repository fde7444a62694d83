-- A fact has the day of its file's word: an older file that comes later undoes nothing newer.

do $$
declare
  fact text;
begin
  foreach fact in array array[
    'asset_record', 'social_assistance', 'petition_complaint', 'employment_month',
    'school_enrolment', 'water_survey', 'dwelling_survey', 'household_record',
    'income_statement', 'member_record', 'medical_insurance', 'disability_certificate',
    'medical_settlement', 'illness'
  ] loop
    execute format('alter table %I add column if not exists word_on date', fact);
    execute format('update %I f set word_on = least(coalesce(b.period_to, b.as_of), b.as_of) from batch b '
      'where b.id = f.batch_id and f.word_on is null', fact);
    -- Of a batch that was erased: as of the day it became known.
    execute format('update %I set word_on = known_from::date where word_on is null', fact);
    execute format('alter table %I alter column word_on set not null, '
      'alter column word_on set default ''-infinity''', fact);
    execute format('comment on column %I.word_on is %L', fact,
      'Day of the newest file that says so: end of its period, else day of the batch');
  end loop;
end
$$;

alter table batch add column late_rows bigint;
comment on column batch.late_rows is 'Rows that are older than what is known: kept as the past, they undo nothing';

alter table batch_review add column other_row integer;
comment on column batch_review.other_row is 'Row of the same file that this one was held against; null where it was '
  'the register alone';
alter table batch_review drop constraint batch_review_match_class_known;
alter table batch_review add constraint batch_review_match_class_known
  check (match_class in ('id-only', 'name-birth', 'second-head', 'number-of-another', 'two-households'));
comment on column batch_review.match_class is 'id-only: the number fits, the name differs; name-birth: the number is '
  'unknown, name and birth date fit; second-head: the household has a living head; number-of-another: somebody of '
  'another name bears the number elsewhere; two-households: the same file has the person in another household too';

alter table batch add column adds_up boolean not null default false;
comment on column batch.adds_up is 'Rows of members were added up to what their households have';
