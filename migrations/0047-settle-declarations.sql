-- A declaration that fits no household stays sealed until somebody of its village has matched it by hand, noted or dismissed it.
alter table declaration drop constraint declaration_outcome_check;
alter table declaration drop constraint declaration_check;
alter table declaration add column why text check (why in ('number', 'name', 'code'));
alter table declaration add column id_index uuid;
alter table declaration add column due_on date;
alter table declaration add column settled_by text references auth_user (id);
alter table declaration add column settled_at timestamptz;
alter table declaration add column settled_note text;
-- Of the earlier ones nothing was kept.
update declaration set outcome = 'lapsed' where outcome = 'unmatched';
alter table declaration add constraint declaration_outcome_check
  check (outcome in ('waiting', 'joined', 'unmatched', 'awaited', 'dismissed', 'lapsed'));
alter table declaration add constraint declaration_kept_check
  check ((outcome in ('waiting', 'unmatched', 'awaited')) = (declared_cipher is not null));
alter table declaration add constraint declaration_settled_check check ((settled_by is null) = (settled_at is null));
comment on table declaration is 'Declarations households sent from a telephone; sealed until each has found its household or its end, nobody''s data after that';
comment on column declaration.declared_cipher is 'Name, ID number, household code, cause and words, JSON, SM4 ciphertext; null once it has found its household or its end';
comment on column declaration.outcome is 'waiting; joined: a report about a household; unmatched: fits none, somebody is to look; awaited: the household is not in the register yet; dismissed; lapsed: its time is over';
comment on column declaration.why is 'What did not fit: nobody has that number, another name, or another household code';
comment on column declaration.id_index is 'Blind index of the ID number, while the register may still bring the person; null otherwise';
comment on column declaration.due_on is 'Working day the receipt named';
comment on column declaration.settled_by is 'Who matched, noted or dismissed it; null where the platform did';
comment on column declaration.settled_at is 'When';
comment on column declaration.settled_note is 'Why it was noted or dismissed; long numbers are masked';
drop index declaration_unmatched;
create index declaration_unmatched on declaration (village, due_on) where outcome in ('unmatched', 'awaited');
create index declaration_awaited on declaration (id_index) where outcome = 'awaited';
