create table notice_mark (
  user_id text not null,
  read_until timestamptz not null,
  constraint notice_mark_pkey primary key (user_id),
  constraint notice_mark_user_id_fkey foreign key (user_id) references auth_user (id)
);
comment on table notice_mark is 'How far an account has read its notices, which are computed and stored nowhere';
comment on column notice_mark.user_id is 'The account';
comment on column notice_mark.read_until is 'Instant of the newest notice it has read';
