create table key_check (
  singleton boolean primary key default true check (singleton),
  sealed bytea not null
);
comment on table key_check is 'A known text under the master key, so that a wrong key is refused at start instead of giving garbage';
comment on column key_check.singleton is 'There is one row';
comment on column key_check.sealed is 'The known text, SM4 ciphertext';
