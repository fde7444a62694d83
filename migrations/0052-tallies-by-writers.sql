-- Tallies are kept by the writers of what they count (decision 0052): no trigger adds to them any longer.
drop trigger clue_inserted on clue;
drop trigger clue_updated on clue;
drop trigger clue_deleted on clue;
drop trigger clue_inserted_days on clue;
drop trigger clue_updated_days on clue;
drop trigger clue_deleted_days on clue;
drop trigger clue_inserted_spans on clue;
drop trigger clue_updated_spans on clue;
drop trigger clue_deleted_spans on clue;
drop trigger category_spell_inserted on category_spell;
drop trigger category_spell_updated on category_spell;
drop trigger category_spell_deleted on category_spell;
drop trigger category_spell_inserted_spans on category_spell;
drop trigger category_spell_updated_spans on category_spell;
drop trigger category_spell_deleted_spans on category_spell;
drop trigger household_inserted on household;
drop trigger household_updated on household;
drop trigger household_deleted on household;
drop function tally_clues(), tally_clue_days(), tally_categories(), tally_households(), follow_clues(), follow_spells(),
  follow_clue_spans(integer[], bigint[]), clue_spans_of(integer[], bigint[]);

comment on table clue_tally is 'Differences whose sums are the numbers of clues of a county; added to by the writer of clues alone';
comment on table clue_day_tally is
  'Differences whose sums are the clues opened and closed on a day; added to by the writer of clues alone';
comment on table household_clues is 'Open clues by household, for counting households; made anew when its clues change';
comment on table clue_span is
  'Days on which a household had an open clue, parted where it was lifted out of poverty and where not; made anew when its clues or spells change';
comment on table clue_span_tally is 'Differences whose sums are the households that have open clues at the end of a day; follows clue_span';
comment on table category_tally is
  'Differences whose sums are the households that came into a category and went out of it; added to by the writer of spells alone';
comment on table household_tally is
  'Differences whose sums are the households of a county''s registry; added to by the writer of households alone';
comment on column household_clues.open_clues is 'How many of its clues are open; a household without any has no row';
delete from household_clues where open_clues = 0;

-- The night tells when a tally is not what it should be.
alter table audit_alarm drop constraint audit_alarm_kind_check;
alter table audit_alarm add constraint audit_alarm_kind_check check (kind in ('many-households', 'night-access', 'outside-work',
  'failed-sign-ins', 'many-refusals', 'large-export', 'break-glass', 'tally-differences'));
