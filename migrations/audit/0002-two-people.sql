-- Alarms over accounts that were made or changed, and over what was taken together.
alter table audit_alarm drop constraint audit_alarm_kind_known;
alter table audit_alarm add constraint audit_alarm_kind_known check (kind in ('many-households', 'night-access',
  'outside-work', 'failed-sign-ins', 'many-refusals', 'large-export', 'break-glass', 'tally-differences',
  'account-change', 'taken-together'));
alter table audit_alarm add column detail jsonb;
comment on column audit_alarm.detail is 'What it was, piece by piece: the accounts that were changed, what was taken';
