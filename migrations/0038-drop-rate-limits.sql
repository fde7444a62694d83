-- Requests to the sign-in are counted at the door now, in buckets that fill again evenly.
drop table auth_rate_limit;
