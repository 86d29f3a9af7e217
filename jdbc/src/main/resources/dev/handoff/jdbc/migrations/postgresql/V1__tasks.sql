-- Times are milliseconds since 1970. What was asked for lies in a table of its own, so that the row that is
-- written at each step of its life stays small; its result is written once, with the row's last change.
create table handoff_task (
  id               uuid     not null primary key,
  type             text     not null,
  owner            text     not null,
  tenant           text,
  subject          text,
  priority         smallint not null,            -- 0 low, 1 normal, 2 high
  start_at         bigint,
  state            text     not null check (state in ('queued', 'processing', 'completed', 'failed', 'cancelled')),
  ready            boolean  not null,            -- when queued and due
  fair_start       bigint,                       -- its turn among the tenants; null until it is due the first time
  due_at           bigint,                       -- while queued
  waiting          text,                         -- while queued: submitted, retry, snoozed, rescued or retried
  message          text,                         -- of the failure, the snooze or the cancellation
  failure_kind     text,
  node             text,                         -- while processing
  fence            bigint   not null,
  attempt          integer  not null,
  max_attempts     integer  not null,
  tried_before     integer  not null default 0,  -- attempts before it was last retried by hand
  retried_at       bigint,                       -- when that was
  percent          integer  not null,
  progress_message text,
  progress_step    text,
  usage_model      text     not null,
  input_tokens     bigint   not null,
  output_tokens    bigint   not null,
  retention        bigint   not null,            -- milliseconds
  created_at       bigint   not null,
  started_at       bigint,
  updated_at       bigint   not null,
  finished_at      bigint,
  expires_at       bigint,
  last_seq         bigint   not null,
  join_key         text,
  cache_key        text,
  result           text,
  announce         boolean                       -- whether its end is still to be announced; null when nobody wants it
) with (
  -- Progress finds room on its page, so that no index has to follow.
  fillfactor = 80,
  -- Early, for dead rows slow down what walks past them; and by a share of the table, for a vacuum reads all of its indexes:
  -- so its cost for each dead row stays the same, however many tasks lie here.
  autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 20000,
  autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0
);

-- The order of claims. Tasks that cannot be claimed are not in it, however many there are.
create index handoff_task_ready on handoff_task (type, priority, fair_start, id) where state = 'queued' and ready;
create index handoff_task_delayed on handoff_task (type, due_at) where state = 'queued' and not ready;
create index handoff_task_processing on handoff_task (node, id) where state = 'processing';
create index handoff_task_expiring on handoff_task (expires_at) where expires_at is not null;
create unique index handoff_task_joinable on handoff_task (join_key)
  where join_key is not null and state in ('queued', 'processing');
create index handoff_task_cached on handoff_task (cache_key, finished_at)
  where cache_key is not null and state = 'completed';
-- Ends that are still to be announced. Tasks that nobody wants announced are never in it.
create index handoff_task_announcing on handoff_task (id) where announce and finished_at is not null;

-- The two lists that are long: an owner's tasks, and a tenant's, newest first; a page of either is read from its end.
-- Each costs every submit and every move of a task one more entry, so there are no others: what else a list asks for
-- is looked at on the way, and tasks without a tenant are not in the second.
create index handoff_task_owned on handoff_task (owner, id);
create index handoff_task_tenant on handoff_task (tenant, id) where tenant is not null;

-- A task's first event and what was asked for. Beside the others, because a request is large and an event is small: in one
-- table, small rows would fill the gaps that large ones leave, and each would touch a page of its own.
create table handoff_submitted (
  task_id uuid   not null primary key,
  at      bigint not null,
  event   text   not null,
  request text   not null
) with (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0,
  -- Rows that are only added need no vacuum: it would write every new page once more.
  autovacuum_vacuum_insert_threshold = -1
);

-- From the second event on.
create table handoff_event (
  task_id uuid   not null,
  seq     bigint not null,
  at      bigint not null,
  body    text   not null,
  primary key (task_id, seq)
) with (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000, autovacuum_vacuum_cost_delay = 0,
  autovacuum_vacuum_insert_threshold = -1
);

create table handoff_step (
  task_id uuid   not null,
  name    text   not null,
  value   text   not null,
  at      bigint not null,
  primary key (task_id, name)
);

create table handoff_node (
  id          text   not null primary key,
  role        text   not null,
  lease_until bigint not null,
  lock_key    bigint                             -- of the advisory lock that its session holds, if it has one
);

-- Accounts that tasks are paid from, in the application's units.
create table handoff_budget (
  account text   not null primary key,
  balance bigint not null check (balance >= 0)
);

-- What tasks hold. It counts while its task is open and was not retried by hand since; what counts no more is deleted when
-- somebody next reserves from the account, so no end of a task has to look here.
create table handoff_reservation (
  task_id      uuid    not null,
  account      text    not null,
  units        bigint  not null,
  tried_before integer not null,
  primary key (task_id, account)
);
create index handoff_reservation_of on handoff_reservation (account);

-- What was added to accounts and taken from them. Whatever is written twice has the same reference: for what a task took, its id.
create table handoff_budget_entry (
  account   text   not null,
  reference text   not null,
  units     bigint not null,
  note      text   not null,
  at        bigint not null,
  primary key (account, reference)
);
create index handoff_budget_entry_newest on handoff_budget_entry (account, at, reference);
