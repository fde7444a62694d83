-- Facts: no primary or foreign keys, so that a million rows cost one index entry each. The live index finds the newest row
-- of a natural key; the past index holds superseded rows only and is empty while a file is merged for the first time.
create table household_record (
  county integer not null,
  household_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  household_no text not null,
  village_code bigint not null,
  group_name text,
  head_name text not null,
  head_name_pinyin text not null,
  head_id_number_cipher bytea not null,
  head_id_number_index uuid not null,
  phone_cipher bytea,
  phone_index uuid,
  bank_name text,
  bank_card_cipher bytea,
  bank_card_index uuid,
  registered boolean not null,
  poverty_attribute text,
  relief_mark text,
  main_cause text,
  identified_month date,
  relieved_year integer,
  monitoring_category text,
  member_count integer,
  farmland numeric,
  dwelling_area numeric,
  road_type text,
  fuel text,
  toilet boolean,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table household_record is '农户基本信息: Households, facts of the feed household; superseded, never overwritten';
comment on column household_record.county is '6-digit county code; distribution column';
comment on column household_record.household_id is 'Household in the registry';
comment on column household_record.batch_id is 'Batch that told us';
comment on column household_record.row_no is 'Row of the batch, counted from 1 after the header';
comment on column household_record.household_no is '户编号: Household number';
comment on column household_record.village_code is '行政区划代码: Village code; 12 digits';
comment on column household_record.group_name is '村民组: Villagers'' group';
comment on column household_record.head_name is '户主姓名: Head''s name';
comment on column household_record.head_name_pinyin is '户主姓名: Head''s name; pinyin initials, for search';
comment on column household_record.head_id_number_cipher is '户主证件号码: Head''s ID number; SM4 ciphertext';
comment on column household_record.head_id_number_index is '户主证件号码: Head''s ID number; blind index (HMAC-SM3, 128 bits)';
comment on column household_record.phone_cipher is '联系电话: Telephone; SM4 ciphertext';
comment on column household_record.phone_index is '联系电话: Telephone; blind index (HMAC-SM3, 128 bits)';
comment on column household_record.bank_name is '开户银行: Bank';
comment on column household_record.bank_card_cipher is '银行账号: Bank account; SM4 ciphertext';
comment on column household_record.bank_card_index is '银行账号: Bank account; blind index (HMAC-SM3, 128 bits)';
comment on column household_record.registered is '是否建档立卡: Registered as poor';
comment on column household_record.poverty_attribute is '贫困户属性: Kind of poor household; ordinary, dibao, tekun';
comment on column household_record.relief_mark is '脱贫标志: Relief mark; unrelieved, relieved, pre-relieved, relapsed';
comment on column household_record.main_cause is '主要致贫原因: Main cause of poverty; code of povertyCause';
comment on column household_record.identified_month is '首次识别时间: First identified; first day of the month';
comment on column household_record.relieved_year is '脱贫年度: Year of relief';
comment on column household_record.monitoring_category is '监测对象类别: Monitored as; unstable, marginal';
comment on column household_record.member_count is '家庭人口数: Household size';
comment on column household_record.farmland is '耕地面积: Farmland, mu';
comment on column household_record.dwelling_area is '住房面积: Dwelling, square metres';
comment on column household_record.road_type is '入户路类型: Road to the door; dirt, gravel, concrete, asphalt';
comment on column household_record.fuel is '主要燃料类型: Main fuel; firewood, dung, coal, clean, other';
comment on column household_record.toilet is '卫生厕所: Sanitary toilet';
comment on column household_record.known_from is 'When the batch was merged';
comment on column household_record.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index household_record_live on household_record (county, household_id) where known_until is null;
create index household_record_past on household_record (county, household_id) where known_until is not null;

create table member_record (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  household_no text not null,
  member_no text not null,
  name text not null,
  name_pinyin text not null,
  sex text not null,
  id_number_cipher bytea not null,
  id_number_index uuid not null,
  birth date not null,
  relation text not null,
  ethnic text,
  education text,
  student_status text,
  labour text not null,
  health text,
  phone_cipher bytea,
  phone_index uuid,
  change text,
  changed_on date,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table member_record is '家庭成员信息: Household members, facts of the feed member; superseded, never overwritten';
comment on column member_record.county is '6-digit county code; distribution column';
comment on column member_record.household_id is 'Household in the registry';
comment on column member_record.person_id is 'Person in the registry';
comment on column member_record.batch_id is 'Batch that told us';
comment on column member_record.row_no is 'Row of the batch, counted from 1 after the header';
comment on column member_record.household_no is '户编号: Household number';
comment on column member_record.member_no is '人编号: Member number';
comment on column member_record.name is '姓名: Name';
comment on column member_record.name_pinyin is '姓名: Name; pinyin initials, for search';
comment on column member_record.sex is '性别: Sex; male, female';
comment on column member_record.id_number_cipher is '证件号码: ID number; SM4 ciphertext';
comment on column member_record.id_number_index is '证件号码: ID number; blind index (HMAC-SM3, 128 bits)';
comment on column member_record.birth is '出生日期: Date of birth';
comment on column member_record.relation is '与户主关系: Relation to the head; code of relation';
comment on column member_record.ethnic is '民族: Ethnic group';
comment on column member_record.education is '文化程度: Education; illiterate, primary, junior, senior, college, bachelor';
comment on column member_record.student_status is '在校生状况: Student status; code of studentStatus';
comment on column member_record.labour is '劳动技能: Ability to work; ordinary, skilled, weak, lost, none';
comment on column member_record.health is '健康状况: Health; codes joined by commas; healthy, chronic, major, disabled';
comment on column member_record.phone_cipher is '联系电话: Telephone; SM4 ciphertext';
comment on column member_record.phone_index is '联系电话: Telephone; blind index (HMAC-SM3, 128 bits)';
comment on column member_record.change is '成员变更: Change of membership; death, married-out, emigrated, imprisoned, moved-out, married-in, newborn, moved-in';
comment on column member_record.changed_on is '变更日期: Changed on';
comment on column member_record.known_from is 'When the batch was merged';
comment on column member_record.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index member_record_live on member_record (county, household_id, person_id) where known_until is null;
create index member_record_past on member_record (county, household_id) where known_until is not null;
