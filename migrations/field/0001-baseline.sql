-- Telephones that hold households of an account.

create table field_device (
  device uuid not null,
  user_id text not null,
  token_digest text not null,
  name text not null,
  registered_at timestamptz not null,
  synced_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  constraint field_device_pkey primary key (user_id, device),
  constraint field_device_revoked_by_fkey foreign key (revoked_by) references auth_user (id),
  constraint field_device_user_id_fkey foreign key (user_id) references auth_user (id)
);
comment on table field_device is 'Telephones that hold households of an account; a revoked one erases itself when it '
  'next calls';
comment on column field_device.device is 'Made on the device';
comment on column field_device.user_id is 'The account';
comment on column field_device.token_digest is 'SM3 of the token the device proves itself with';
comment on column field_device.name is 'Browser and system in short';
comment on column field_device.registered_at is 'Since when it is known';
comment on column field_device.synced_at is 'When it last took its households';
comment on column field_device.revoked_at is 'When it was revoked; null while it may hold data';
comment on column field_device.revoked_by is 'Who revoked it';
create unique index field_device_token on field_device (token_digest);
