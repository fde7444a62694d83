-- Who left a household and came back was away in between.

alter table person add column if not exists away datemultirange;
comment on column person.away is 'Days between leaving the household and coming back; null for who never came back';
drop index if exists person_came_or_left;
create index person_came_or_left on person (county, household_id) include (id, joined_on, left_on, away)
  where joined_on is not null or left_on is not null or away is not null;

-- A function and no operator: the same texts of indicators run in another engine beside this one, which has neither.
create function is_away(away datemultirange, on_day date) returns boolean
  language sql immutable parallel safe return away @> on_day;
comment on function is_away is 'Whether a day lies in the days somebody was away; null for who never came back';
