-- Members without a number, names as they compare, and reviews of the register's own rows.

alter table member_record alter column id_number_cipher drop not null, alter column id_number_index drop not null,
  alter column birth drop not null;
alter table member_record add column if not exists name_comparable text;
comment on column member_record.name_comparable is '姓名: Name; as it is compared with departments; null where that is '
  'as it is written';
update member_record set name_comparable = replace(name, '·', '') where name like '%·%';

alter table batch_review drop constraint batch_review_match_class_known;
alter table batch_review add constraint batch_review_match_class_known
  check (match_class in ('id-only', 'name-birth', 'second-head', 'number-of-another'));
comment on column batch_review.match_class is 'id-only: the number fits, the name differs; name-birth: the number is '
  'unknown, name and birth date fit; second-head: the household has a living head; number-of-another: somebody of '
  'another name bears the number elsewhere';
