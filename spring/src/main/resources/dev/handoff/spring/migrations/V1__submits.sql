-- What was submitted under an Idempotency-Key: its fingerprint and the answer's task or batch.
create table handoff_idempotency (
  scope       text    not null,                  -- tenant and owner
  key         text    not null,
  fingerprint text    not null,
  answer      text    not null,                  -- the id of the task or the batch
  expires_at  bigint  not null,
  primary key (scope, key)
);

create index handoff_idempotency_expiring on handoff_idempotency (expires_at);

-- Tasks that were submitted together: what was answered, in order.
create table handoff_batch (
  id          text    not null primary key,
  scope       text    not null,                  -- tenant and owner
  created_at  bigint  not null,
  expires_at  bigint  not null,
  items       text    not null                   -- JSON
);

create index handoff_batch_expiring on handoff_batch (expires_at);
