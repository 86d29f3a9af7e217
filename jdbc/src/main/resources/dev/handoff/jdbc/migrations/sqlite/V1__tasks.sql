-- Times are milliseconds since 1970. A task's request and events lie in tables of their own, so that the row that is
-- written at each step of its life stays small; its result is written once, with the row's last change.
create table handoff_task (
  id               text    not null primary key,
  type             text    not null,
  owner            text    not null,
  tenant           text,
  subject          text,
  priority         integer not null,            -- 0 low, 1 normal, 2 high
  start_at         integer,
  state            text    not null check (state in ('queued', 'processing', 'completed', 'failed', 'cancelled')),
  ready            integer not null,            -- 1 when queued and due
  fair_start       integer,                     -- its turn among the tenants; null until it is due the first time
  due_at           integer,                     -- while queued
  waiting          text,                        -- while queued: submitted, retry, snoozed, rescued or retried
  message          text,                        -- of the failure, the snooze or the cancellation
  failure_kind     text,
  node             text,                        -- while processing
  fence            integer not null,
  attempt          integer not null,
  max_attempts     integer not null,
  tried_before     integer not null default 0,  -- attempts before it was last retried by hand
  retried_at       integer,                     -- when that was
  percent          integer not null,
  progress_message text,
  progress_step    text,
  usage_model      text    not null,
  input_tokens     integer not null,
  output_tokens    integer not null,
  retention        integer not null,            -- milliseconds
  created_at       integer not null,
  started_at       integer,
  updated_at       integer not null,
  finished_at      integer,
  expires_at       integer,
  last_seq         integer not null,
  join_key         text,
  cache_key        text,
  announce         integer,                     -- 1 when its end is still to be announced, 0 once it was; null when nobody wants it
  result           text
) strict;

-- The order of claims. Tasks that cannot be claimed are not in it, however many there are. The tenant is there for the
-- restart, which reads the turns of all that wait.
create index handoff_task_ready on handoff_task (type, priority desc, fair_start, id, tenant) where state = 'queued' and ready = 1;
create index handoff_task_delayed on handoff_task (type, due_at) where state = 'queued' and ready = 0;
create index handoff_task_processing on handoff_task (node, type) where state = 'processing';
create index handoff_task_expiring on handoff_task (expires_at, type, state) where expires_at is not null;
create unique index handoff_task_joinable on handoff_task (join_key) where join_key is not null and state in ('queued', 'processing');
create index handoff_task_cached on handoff_task (cache_key, finished_at) where cache_key is not null and state = 'completed';
-- Ends that are still to be announced. Tasks that nobody wants announced are never in it.
create index handoff_task_announcing on handoff_task (id) where announce = 1 and finished_at is not null;

-- The two lists that are long: an owner's tasks, and a tenant's, newest first; a page of either is read from its end.
-- They cost one entry at the submit and none later. What else a list asks for is looked at on the way.
create index handoff_task_owned on handoff_task (owner, id);
create index handoff_task_tenant on handoff_task (tenant, id) where tenant is not null;

create table handoff_request (
  task_id text not null primary key,
  body    text not null
) strict;

create table handoff_event (
  task_id text    not null,
  seq     integer not null,
  at      integer not null,
  body    text    not null,
  primary key (task_id, seq)
) strict, without rowid;

create table handoff_step (
  task_id text    not null,
  name    text    not null,
  value   text    not null,
  at      integer not null,
  primary key (task_id, name)
) strict;

create table handoff_node (
  id          text    not null primary key,
  role        text    not null,
  lease_until integer not null
) strict;

-- Accounts that tasks are paid from, in the application's units.
create table handoff_budget (
  account text   not null primary key,
  balance integer not null check (balance >= 0)
) strict;

-- What tasks hold. It counts while its task is open and was not retried by hand since; what counts no more is deleted when
-- somebody next reserves from the account, so no end of a task has to look here.
create table handoff_reservation (
  task_id      text    not null,
  account      text    not null,
  units        integer  not null,
  tried_before integer not null,
  primary key (task_id, account)
) strict;
create index handoff_reservation_of on handoff_reservation (account);

-- What was added to accounts and taken from them. Whatever is written twice has the same reference: for what a task took, its id.
create table handoff_budget_entry (
  account   text   not null,
  reference text   not null,
  units     integer not null,
  note      text   not null,
  at        integer not null,
  primary key (account, reference)
) strict;
create index handoff_budget_entry_newest on handoff_budget_entry (account, at, reference);
