create table user_account (
  id            text    not null primary key,
  username      text    not null,
  email         text    not null,
  first_name    text    not null,
  last_name     text    not null,
  timezone      text    not null,
  role          integer not null check (role in (1, 5, 10)),
  is_active     boolean not null,
  premium       boolean not null,
  tenant        text,
  password_hash text    not null
);

create unique index user_account_by_username on user_account (lower(username));
create unique index user_account_by_email on user_account (lower(email));

-- One row for each refresh token ever given out and not yet expired; only its hash is kept.
create table refresh_token (
  token_hash  text   not null primary key,
  family      text   not null,
  user_id     text   not null references user_account (id) on delete cascade,
  expires_at  bigint not null,
  replaced_at bigint
);

create index refresh_token_by_family on refresh_token (family);
create index refresh_token_by_expiry on refresh_token (expires_at);
create index refresh_token_by_user on refresh_token (user_id);

-- The secret that signs access tokens, shared by all nodes on PostgreSQL. On SQLite it is in a file of the data folder,
-- and this table stays empty.
create table access_token_key (
  id     integer not null primary key check (id = 1),
  secret text    not null
);
