-- Anchors of the audit are signed, so that a copy of them proves something without the master key.

alter table kept_key
  drop constraint kept_key_purpose_known,
  add constraint kept_key_purpose_known check (purpose in ('blind-index', 'files', 'session', 'anchors'));
comment on column kept_key.purpose is 'blind-index: equality search; files: received files from before each had a key '
  'of its own; session: the sign-in; anchors: what signs the anchors of the audit (SM2)';
