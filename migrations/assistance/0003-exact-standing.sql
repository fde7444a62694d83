-- What a household has per head on the day a measure begins or ends is as exact as the figure it is taken from.
alter table measure
  alter column before_income_per_head_fen type double precision,
  alter column after_income_per_head_fen type double precision;
