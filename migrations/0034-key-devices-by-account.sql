-- A device makes its own id. Keyed by account, an id that somebody else's device has tells nothing.
alter table field_device drop constraint field_device_pkey;
alter table field_device add primary key (user_id, device);
drop index field_device_user;
create unique index field_device_token on field_device (token_digest);
