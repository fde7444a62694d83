-- Figures that a line is held against are exact, not rounded; the year before is judged beside the new one until its
-- last files are in; a signal says of which days its rows speak, since when nothing speaks of it any more, and how it
-- ended.

alter table indicator
  alter column net_income_per_head_fen type double precision,
  alter column income_drop_bp type double precision,
  alter column income_after_rigid_per_head_fen type double precision,
  alter column water_decilitres type double precision,
  add column inpatient_self_paid_last_year_fen integer;
comment on column indicator.net_income_per_head_fen is 'Net income per head of the newest income statement; 分 and '
  'its fraction, exact to the line';
comment on column indicator.inpatient_self_paid_last_year_fen is 'Self-paid for hospital stays settled in the calendar '
  'year before, until its last files are in; 0 after that; 分';
comment on column indicator.largest_stay_self_paid_fen is 'Largest self-payment for one stay in the window of the '
  'policy, all bills of the stay together; 分';

alter table signal
  add column spoke_from date,
  add column spoke_to date,
  add column silent_since date,
  add column ended text,
  add constraint signal_ended_known check (ended in ('untrue', 'withdrawn', 'over', 'unknown'));
comment on column signal.spoke_from is 'First day its rows speak of';
comment on column signal.spoke_to is 'Last day its rows speak of: the day its sentence is about';
comment on column signal.silent_since is 'First day on which nothing let it be judged; null while something does';
comment on column signal.ended is 'How it ended: untrue (found to hold no longer), withdrawn (its rows were), over '
  '(whatever the source may say, it can no longer hold), unknown (silent for longer than the policy keeps it)';
comment on table signal_evidence is 'Department rows that make up the figure of a signal, and no others: they change '
  'with the figure';
update signal set ended = 'untrue' where cleared_on is not null;
update signal s set spoke_from = e.first, spoke_to = e.last
from (
  select county, signal_id, min(day) as first, max(day) as last
  from (select county, signal_id, coalesce(happened_on, make_date((detail ->> 'year')::integer, 1, 1)) as day
    from signal_evidence) d
  group by county, signal_id
) e
where e.county = s.county and e.signal_id = s.id;
comment on column indicator_coverage.as_of is 'Day on which all households of the county were last judged for the '
  'group';
