-- Figures of households that went to another county stayed behind and were judged there by the night.

delete from indicator i where not exists (select from household h where h.county = i.county and h.id = i.household_id);
delete from signal_evidence e using signal s
  where s.county = e.county and s.id = e.signal_id
    and not exists (select from household h where h.county = s.county and h.id = s.household_id);
delete from signal s where not exists (select from household h where h.county = s.county and h.id = s.household_id);
