-- When somebody was last at a household stands at the visit, so that the rhythm of a grade is told from an index alone.
alter table visit add column reported_on date;
comment on column visit.reported_on is 'Day of the report that counts; null while there is none';
update visit w set reported_on = r.on_day
from (select county, visit_id, max(reported_at at time zone 'Asia/Shanghai')::date as on_day from visit_report where not superseded
  group by county, visit_id) r
where r.county = w.county and r.visit_id = w.id and w.state in ('reported', 'settled');
create index visit_last on visit (county, household_id, reported_on) include (village, visitor) where reported_on is not null;

-- A helper's account may lie higher up than whoever plans a visit sees; the household it was given is what counts.
create function helpers_of(of_county integer, household bigint) returns table (user_id text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not (pg_has_role(session_user, 'shouwang_work', 'member') or sees_household(of_county, household)) then return; end if;
  return query select g.user_id from household_access g join account a on a.user_id = g.user_id
    where g.county = of_county and g.household_id = household and g.kind = 'helper' and g.from_at <= now()
      and (g.until is null or g.until > now()) and a.role = 'helper' and a.state = 'active'
    order by g.from_at, g.user_id;
end $$;
comment on function helpers_of is 'Helpers of a household in the scope of the request, the longest first';

-- A week is full wherever its visits are: the number alone, never which.
create function count_planned_visits(of_user text, from_day date, until_day date) returns integer
language sql stable security definer set search_path = public, pg_temp
as $$ select count(*)::integer from visit where visitor = of_user and state = 'planned' and due_on between from_day and until_day $$;
comment on function count_planned_visits is 'How many visits an account is to make within some days, in whatever place';

revoke execute on function helpers_of(integer, bigint), count_planned_visits(text, date, date) from public;
grant execute on function helpers_of(integer, bigint), count_planned_visits(text, date, date) to shouwang_app, shouwang_work;
