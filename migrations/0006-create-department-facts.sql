-- Facts: no primary or foreign keys, so that a million rows cost one index entry each. The live index finds the newest row
-- of a natural key; the past index holds superseded rows only and is empty while a file is merged for the first time.
create table income_statement (
  county integer not null,
  household_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  period_from date not null,
  period_to date not null,
  wage_fen bigint,
  business_gross_fen bigint,
  property_fen bigint,
  family_planning_fen bigint,
  dibao_fen bigint,
  tekun_fen bigint,
  pension_fen bigint,
  eco_compensation_fen bigint,
  other_transfer_fen bigint,
  business_cost_fen bigint,
  claims_fen bigint,
  self_paid_fen bigint,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table income_statement is '家庭收入: Household income, facts of the feed income; superseded, never overwritten';
comment on column income_statement.county is '6-digit county code; distribution column';
comment on column income_statement.household_id is 'Household in the registry';
comment on column income_statement.batch_id is 'Batch that told us';
comment on column income_statement.row_no is 'Row of the batch, counted from 1 after the header';
comment on column income_statement.period_from is '统计起始: From';
comment on column income_statement.period_to is '统计截止: To';
comment on column income_statement.wage_fen is '工资性收入: Wages; 分';
comment on column income_statement.business_gross_fen is '生产经营性收入: Business receipts; 分';
comment on column income_statement.property_fen is '财产性收入: Property income; 分';
comment on column income_statement.family_planning_fen is '计划生育金: Family-planning allowance; 分';
comment on column income_statement.dibao_fen is '低保金: Subsistence allowance; 分';
comment on column income_statement.tekun_fen is '特困供养金: Destitute care; 分';
comment on column income_statement.pension_fen is '养老保险金: Pension; 分';
comment on column income_statement.eco_compensation_fen is '生态补偿金: Ecological compensation; 分';
comment on column income_statement.other_transfer_fen is '其他转移性收入: Other transfers; 分';
comment on column income_statement.business_cost_fen is '生产经营性支出: Business costs; 分';
comment on column income_statement.claims_fen is '理赔收入: Insurance claims; 分';
comment on column income_statement.self_paid_fen is '合规自付支出: Compliant self-paid spending; 分';
comment on column income_statement.known_from is 'When the batch was merged';
comment on column income_statement.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index income_statement_live on income_statement (county, household_id, period_from, period_to) where known_until is null;
create index income_statement_past on income_statement (county, household_id) where known_until is not null;

create table medical_settlement (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  settlement_no text not null,
  visit_kind text not null,
  hospital text,
  admitted_on date,
  settled_on date not null,
  diagnosis text,
  total_fen bigint not null,
  basic_paid_fen bigint,
  serious_paid_fen bigint,
  inside_supplement_fen bigint,
  outside_supplement_fen bigint,
  medical_aid_fen bigint,
  fiscal_backstop_fen bigint,
  hospital_borne_fen bigint,
  self_paid_fen bigint not null,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table medical_settlement is '医疗费用结算: Medical settlements, facts of the feed medical-settlement; superseded, never overwritten';
comment on column medical_settlement.county is '6-digit county code; distribution column';
comment on column medical_settlement.household_id is 'Household in the registry';
comment on column medical_settlement.person_id is 'Person in the registry';
comment on column medical_settlement.batch_id is 'Batch that told us';
comment on column medical_settlement.row_no is 'Row of the batch, counted from 1 after the header';
comment on column medical_settlement.settlement_no is '结算单号: Settlement number';
comment on column medical_settlement.visit_kind is '就医类别: Kind of visit; inpatient, outpatient, chronic-outpatient';
comment on column medical_settlement.hospital is '医疗机构: Hospital';
comment on column medical_settlement.admitted_on is '入院日期: Admitted on';
comment on column medical_settlement.settled_on is '结算日期: Settled on';
comment on column medical_settlement.diagnosis is '诊断名称: Diagnosis';
comment on column medical_settlement.total_fen is '医疗费总额: Total; 分';
comment on column medical_settlement.basic_paid_fen is '基本医保支付: Basic insurance; 分';
comment on column medical_settlement.serious_paid_fen is '大病保险支付: Serious-illness insurance; 分';
comment on column medical_settlement.inside_supplement_fen is '政策内补充报销: Supplement, inside policy; 分';
comment on column medical_settlement.outside_supplement_fen is '政策外补充报销: Supplement, outside policy; 分';
comment on column medical_settlement.medical_aid_fen is '医疗救助: Medical aid; 分';
comment on column medical_settlement.fiscal_backstop_fen is '财政兜底: Fiscal backstop; 分';
comment on column medical_settlement.hospital_borne_fen is '定点机构承担: Borne by the hospital; 分';
comment on column medical_settlement.self_paid_fen is '个人自付: Paid by the patient; 分';
comment on column medical_settlement.known_from is 'When the batch was merged';
comment on column medical_settlement.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index medical_settlement_live on medical_settlement (county, household_id, person_id, settlement_no) where known_until is null;
create index medical_settlement_past on medical_settlement (county, household_id) where known_until is not null;

create table medical_insurance (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  year integer not null,
  resident boolean not null,
  employee boolean not null,
  status text,
  paid_on date,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table medical_insurance is '基本医保参保: Medical insurance, facts of the feed medical-insurance; superseded, never overwritten';
comment on column medical_insurance.county is '6-digit county code; distribution column';
comment on column medical_insurance.household_id is 'Household in the registry';
comment on column medical_insurance.person_id is 'Person in the registry';
comment on column medical_insurance.batch_id is 'Batch that told us';
comment on column medical_insurance.row_no is 'Row of the batch, counted from 1 after the header';
comment on column medical_insurance.year is '参保年度: Year';
comment on column medical_insurance.resident is '居民参保: Residents'' scheme';
comment on column medical_insurance.employee is '职工参保: Employees'' scheme';
comment on column medical_insurance.status is '缴费状态: Payment; paid, unpaid, paid-on-behalf';
comment on column medical_insurance.paid_on is '缴费日期: Paid on';
comment on column medical_insurance.known_from is 'When the batch was merged';
comment on column medical_insurance.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index medical_insurance_live on medical_insurance (county, household_id, person_id, year) where known_until is null;
create index medical_insurance_past on medical_insurance (county, household_id) where known_until is not null;

create table illness (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  kind text not null,
  disease text not null,
  special boolean,
  diagnosed_on date not null,
  outcome text,
  outcome_on date,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table illness is '患病与疫情病例: Illnesses and epidemic cases, facts of the feed illness; superseded, never overwritten';
comment on column illness.county is '6-digit county code; distribution column';
comment on column illness.household_id is 'Household in the registry';
comment on column illness.person_id is 'Person in the registry';
comment on column illness.batch_id is 'Batch that told us';
comment on column illness.row_no is 'Row of the batch, counted from 1 after the header';
comment on column illness.kind is '类型: Kind; major, chronic, confirmed, suspected, quarantined';
comment on column illness.disease is '病种: Disease';
comment on column illness.special is '专项救治病种: Under the special treatment scheme';
comment on column illness.diagnosed_on is '确诊日期: Diagnosed on';
comment on column illness.outcome is '转归: Outcome; in-treatment, cured, died, released';
comment on column illness.outcome_on is '转归日期: Outcome on';
comment on column illness.known_from is 'When the batch was merged';
comment on column illness.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index illness_live on illness (county, household_id, person_id, kind, disease, diagnosed_on) where known_until is null;
create index illness_past on illness (county, household_id) where known_until is not null;

create table school_enrolment (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  term text not null,
  school text,
  stage text not null,
  grade text,
  status text not null,
  reason text,
  self_paid_fee_fen bigint,
  aid_fen bigint,
  reported_on date not null,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table school_enrolment is '学籍与在校状况: School enrolment, facts of the feed school-enrolment; superseded, never overwritten';
comment on column school_enrolment.county is '6-digit county code; distribution column';
comment on column school_enrolment.household_id is 'Household in the registry';
comment on column school_enrolment.person_id is 'Person in the registry';
comment on column school_enrolment.batch_id is 'Batch that told us';
comment on column school_enrolment.row_no is 'Row of the batch, counted from 1 after the header';
comment on column school_enrolment.term is '学期: Term; year and 春 or 秋';
comment on column school_enrolment.school is '学校: School';
comment on column school_enrolment.stage is '学段: Stage; preschool, primary, junior, senior, vocational, college, bachelor';
comment on column school_enrolment.grade is '年级: Grade';
comment on column school_enrolment.status is '在校状态: Status; enrolled, suspended, dropped-out, suspected-dropout, home-taught, graduated, not-enrolled';
comment on column school_enrolment.reason is '合法理由: Lawful reason; physical, deferred, other';
comment on column school_enrolment.self_paid_fee_fen is '自付学费: Fees paid by the family; 分';
comment on column school_enrolment.aid_fen is '资助金额: Aid; 分';
comment on column school_enrolment.reported_on is '统计日期: Reported on';
comment on column school_enrolment.known_from is 'When the batch was merged';
comment on column school_enrolment.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index school_enrolment_live on school_enrolment (county, household_id, person_id, term) where known_until is null;
create index school_enrolment_past on school_enrolment (county, household_id) where known_until is not null;

create table dwelling_survey (
  county integer not null,
  household_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  assessed_on date not null,
  grade text not null,
  lived_in boolean,
  planned_year integer,
  started_on date,
  finished_on date,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table dwelling_survey is '住房安全鉴定: Dwelling safety, facts of the feed dwelling; superseded, never overwritten';
comment on column dwelling_survey.county is '6-digit county code; distribution column';
comment on column dwelling_survey.household_id is 'Household in the registry';
comment on column dwelling_survey.batch_id is 'Batch that told us';
comment on column dwelling_survey.row_no is 'Row of the batch, counted from 1 after the header';
comment on column dwelling_survey.assessed_on is '鉴定日期: Assessed on';
comment on column dwelling_survey.grade is '鉴定等级: Grade; A, B, C, D';
comment on column dwelling_survey.lived_in is '是否居住: Lived in';
comment on column dwelling_survey.planned_year is '危改计划年度: Rebuilding planned for';
comment on column dwelling_survey.started_on is '开工日期: Started on';
comment on column dwelling_survey.finished_on is '竣工日期: Finished on';
comment on column dwelling_survey.known_from is 'When the batch was merged';
comment on column dwelling_survey.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index dwelling_survey_live on dwelling_survey (county, household_id, assessed_on) where known_until is null;
create index dwelling_survey_past on dwelling_survey (county, household_id) where known_until is not null;

create table water_survey (
  county integer not null,
  household_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  observed_on date not null,
  project text,
  cut_from date,
  cut_to date,
  quality text,
  litres numeric,
  trip_minutes integer,
  scarce boolean,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table water_survey is '饮水安全监测: Drinking water, facts of the feed water; superseded, never overwritten';
comment on column water_survey.county is '6-digit county code; distribution column';
comment on column water_survey.household_id is 'Household in the registry';
comment on column water_survey.batch_id is 'Batch that told us';
comment on column water_survey.row_no is 'Row of the batch, counted from 1 after the header';
comment on column water_survey.observed_on is '监测日期: Observed on';
comment on column water_survey.project is '供水工程: Water works';
comment on column water_survey.cut_from is '停水起: Cut from';
comment on column water_survey.cut_to is '停水止: Cut to';
comment on column water_survey.quality is '水质: Quality; passed, failed';
comment on column water_survey.litres is '日人均水量: Litres per person and day';
comment on column water_survey.trip_minutes is '取水往返分钟: Minutes to fetch water';
comment on column water_survey.scarce is '缺水地区: Water-scarce area';
comment on column water_survey.known_from is 'When the batch was merged';
comment on column water_survey.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index water_survey_live on water_survey (county, household_id, observed_on) where known_until is null;
create index water_survey_past on water_survey (county, household_id) where known_until is not null;

create table social_assistance (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  kind text not null,
  started_on date not null,
  ended_on date,
  monthly_fen bigint,
  stop_reason text,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table social_assistance is '社会救助: Social assistance, facts of the feed social-assistance; superseded, never overwritten';
comment on column social_assistance.county is '6-digit county code; distribution column';
comment on column social_assistance.household_id is 'Household in the registry';
comment on column social_assistance.person_id is 'Person in the registry';
comment on column social_assistance.batch_id is 'Batch that told us';
comment on column social_assistance.row_no is 'Row of the batch, counted from 1 after the header';
comment on column social_assistance.kind is '救助类型: Kind; dibao, tekun, temporary, orphan';
comment on column social_assistance.started_on is '享受起: From';
comment on column social_assistance.ended_on is '享受止: To';
comment on column social_assistance.monthly_fen is '月补助额: Monthly amount; 分';
comment on column social_assistance.stop_reason is '停发原因: Why stopped';
comment on column social_assistance.known_from is 'When the batch was merged';
comment on column social_assistance.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index social_assistance_live on social_assistance (county, household_id, person_id, kind, started_on) where known_until is null;
create index social_assistance_past on social_assistance (county, household_id) where known_until is not null;

create table disability_certificate (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  certificate_no_cipher bytea not null,
  certificate_no_index uuid not null,
  category text not null,
  grade text not null,
  issued_on date not null,
  allowance_fen bigint,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table disability_certificate is '残疾人证: Disability certificates, facts of the feed disability; superseded, never overwritten';
comment on column disability_certificate.county is '6-digit county code; distribution column';
comment on column disability_certificate.household_id is 'Household in the registry';
comment on column disability_certificate.person_id is 'Person in the registry';
comment on column disability_certificate.batch_id is 'Batch that told us';
comment on column disability_certificate.row_no is 'Row of the batch, counted from 1 after the header';
comment on column disability_certificate.certificate_no_cipher is '残疾证号: Certificate number; SM4 ciphertext';
comment on column disability_certificate.certificate_no_index is '残疾证号: Certificate number; blind index (HMAC-SM3, 128 bits)';
comment on column disability_certificate.category is '残疾类别: Category; visual, hearing, speech, limb, intellectual, mental, multiple';
comment on column disability_certificate.grade is '残疾等级: Grade; 1, 2, 3, 4';
comment on column disability_certificate.issued_on is '发证日期: Issued on';
comment on column disability_certificate.allowance_fen is '两项补贴: Disability allowances; 分';
comment on column disability_certificate.known_from is 'When the batch was merged';
comment on column disability_certificate.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index disability_certificate_live on disability_certificate (county, household_id, person_id, certificate_no_index) where known_until is null;
create index disability_certificate_past on disability_certificate (county, household_id) where known_until is not null;

create table employment_month (
  county integer not null,
  household_id bigint not null,
  person_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  month date not null,
  status text not null,
  place text,
  employer text,
  wage_fen bigint,
  public_post boolean,
  known_from timestamptz not null,
  known_until timestamptz
);
comment on table employment_month is '务工就业: Employment, facts of the feed employment; superseded, never overwritten';
comment on column employment_month.county is '6-digit county code; distribution column';
comment on column employment_month.household_id is 'Household in the registry';
comment on column employment_month.person_id is 'Person in the registry';
comment on column employment_month.batch_id is 'Batch that told us';
comment on column employment_month.row_no is 'Row of the batch, counted from 1 after the header';
comment on column employment_month.month is '月份: Month; first day of the month';
comment on column employment_month.status is '就业状态: Status; employed, unemployed, returned, not-employed';
comment on column employment_month.place is '务工地: Place of work; township, county, province, outside, other';
comment on column employment_month.employer is '单位: Employer';
comment on column employment_month.wage_fen is '月工资: Monthly wage; 分';
comment on column employment_month.public_post is '公益性岗位: Public-welfare post';
comment on column employment_month.known_from is 'When the batch was merged';
comment on column employment_month.known_until is 'When a later batch superseded the row; null while it is the newest';
create unique index employment_month_live on employment_month (county, household_id, person_id, month) where known_until is null;
create index employment_month_past on employment_month (county, household_id) where known_until is not null;
