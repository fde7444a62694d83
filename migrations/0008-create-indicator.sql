-- One narrow row per household, fixed-width columns only: all rules over 200,000 households are one scan of 27 MB.
create table indicator (
  county integer not null,
  registered boolean not null,
  relieved boolean not null,
  unrelieved boolean not null,
  monitored boolean not null,
  household_id bigint not null,
  household_size smallint not null,
  labour_members smallint,
  net_income_per_head_fen integer,
  net_income_fen integer,
  previous_net_income_fen integer,
  income_drop_bp integer,
  inpatient_self_paid_year_fen integer,
  largest_stay_self_paid_fen integer,
  rigid_spending_fen integer,
  school_age_members smallint,
  uninsured_members smallint,
  new_major_illness_members smallint,
  epidemic_members smallint,
  dropout_members smallint,
  dwelling_grade smallint,
  longest_water_cut_days smallint,
  water_cut_days_year smallint,
  water_decilitres smallint,
  water_trip_minutes smallint,
  assistance_stopped_members smallint,
  new_severe_disability_members smallint,
  new_mild_disability_members smallint,
  longest_jobless_months smallint,
  water_quality_failed boolean,
  water_scarce boolean,
  village bigint not null,
  primary key (county, household_id)
) with (fillfactor = 80);
comment on table indicator is 'What the rules look at: one row per household, kept up as facts arrive. Null: the source is late or has said nothing';
comment on column indicator.county is '6-digit county code; distribution column';
comment on column indicator.registered is '建档立卡户';
comment on column indicator.relieved is '脱贫标志 is relieved or pre-relieved';
comment on column indicator.unrelieved is '脱贫标志 is unrelieved or relapsed';
comment on column indicator.monitored is '脱贫监测户 or 边缘户';
comment on column indicator.household_id is 'Household in the registry';
comment on column indicator.household_size is 'Living members';
comment on column indicator.labour_members is 'Living members with any capacity to work, weak ones included';
comment on column indicator.net_income_per_head_fen is 'Net income per head of the newest income statement; 分';
comment on column indicator.net_income_fen is 'Net income of the household of the newest income statement; 分';
comment on column indicator.previous_net_income_fen is 'Net income of the statement before; 分';
comment on column indicator.income_drop_bp is 'Fall from the statement before to the newest, in basis points; negative when income grew';
comment on column indicator.inpatient_self_paid_year_fen is 'Self-paid for hospital stays settled in the calendar year; 分';
comment on column indicator.largest_stay_self_paid_fen is 'Largest self-payment for one stay in the window of the policy; 分';
comment on column indicator.rigid_spending_fen is 'Self-paid medical and school spending in the window of the policy; 分';
comment on column indicator.school_age_members is 'Living members of compulsory school age';
comment on column indicator.uninsured_members is 'Living members with neither resident nor employee insurance this year';
comment on column indicator.new_major_illness_members is 'Members whose major illness was diagnosed in the window of the policy';
comment on column indicator.epidemic_members is 'Members confirmed or suspected, until the end of aftercare';
comment on column indicator.dropout_members is 'Members of school age out of school without lawful reason';
comment on column indicator.dwelling_grade is 'Grade 1–4 (A–D) of the newest survey; B once repaired or not lived in';
comment on column indicator.longest_water_cut_days is 'Longest stretch without water in the window of the policy, days';
comment on column indicator.water_cut_days_year is 'Days without water in the window of the policy, overlaps counted once';
comment on column indicator.water_decilitres is 'Water per person and day of the newest observation, tenths of a litre';
comment on column indicator.water_trip_minutes is 'Minutes of one trip to fetch water, newest observation';
comment on column indicator.assistance_stopped_members is 'Members whose 低保 or 特困 stopped in the window of the policy and did not start again';
comment on column indicator.new_severe_disability_members is 'Members with a grade one or two certificate issued in the window of the policy';
comment on column indicator.new_mild_disability_members is 'Members with a grade three or four certificate issued in the window of the policy';
comment on column indicator.longest_jobless_months is 'Longest run of months without work of a member who worked before, up to the newest record';
comment on column indicator.water_quality_failed is 'Whether the newest water test failed';
comment on column indicator.water_scarce is 'Whether the place is short of water, newest observation';
comment on column indicator.village is '12-digit code of the village';
