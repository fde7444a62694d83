-- Who left a household and came back was away in between.

alter table person add column if not exists away datemultirange;
comment on column person.away is 'Days between leaving the household and coming back; null for who never came back';
drop index if exists person_came_or_left;
create index person_came_or_left on person (county, household_id) include (id, joined_on, left_on, away)
  where joined_on is not null or left_on is not null or away is not null;
