-- Keys of programs; of the secret in each only its hash is kept.
create table api_key (
  id           text    not null primary key,
  user_id      text    not null references user_account (id) on delete cascade,
  tenant       text,
  name         text    not null,
  scopes       text    not null,
  secret_hash  text    not null,
  created_at   bigint  not null,
  expires_at   bigint,
  last_used_at bigint
);

create index api_key_by_user on api_key (user_id);
