-- Sorting 46,000 open clues of the province by the head's name took 150 ms with the household joined to each; now it is a walk along an index.
alter table clue add column sort_name text not null default '';
comment on column clue.sort_name is 'Pinyin initials and name of the head, to sort by; follows the household';
update clue c set sort_name = h.head_pinyin || ' ' || h.head_name
from household h where h.county = c.county and h.id = c.household_id;
create index clue_by_name on clue (sort_name, household_id, level_rank, id) include (village) where state <> 'cleared';
