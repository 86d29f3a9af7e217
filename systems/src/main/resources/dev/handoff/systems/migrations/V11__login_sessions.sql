-- What follows one password until it is logged out: the family of its refresh tokens.
create table login_session (
  id           text   not null primary key,
  user_id      text   not null references user_account (id) on delete cascade,
  created_at   bigint not null,
  last_used_at bigint not null,
  ends_at      bigint not null,
  address      text,
  agent        text
);

create index login_session_by_user on login_session (user_id);
create index login_session_by_end on login_session (ends_at);

-- Those of before, whose beginning nobody wrote down, end when their last token does.
insert into login_session (id, user_id, created_at, last_used_at, ends_at)
select family, min(user_id), max(expires_at) - 604800000, max(expires_at) - 604800000, max(expires_at)
from refresh_token group by family;

-- Links that are good once: for setting the password of an account, or, without one, for making the first administrator.
-- Only the token's hash is kept.
create table account_link (
  token_hash text   not null primary key,
  user_id    text   references user_account (id) on delete cascade,
  expires_at bigint not null
);

create index account_link_by_user on account_link (user_id);
