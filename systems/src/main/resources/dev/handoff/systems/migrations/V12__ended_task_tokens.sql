-- Task tokens that were revoked before their time, until that time.
create table ended_task_token (
  id         text   not null primary key,
  expires_at bigint not null
);

create index ended_task_token_by_expiry on ended_task_token (expires_at);
