-- Who has a token's link may watch the module. Only the token's SHA-256 is kept.
create table training_share (
  token_hash text    not null primary key,
  module_id  text    not null references training_module (id) on delete cascade,
  transcript boolean not null,
  created_at bigint  not null,
  expires_at bigint
);

create index training_share_by_module on training_share (module_id, created_at);
