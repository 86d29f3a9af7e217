-- The gates that a task passes: their names in order, separated by line feeds; '' for none. Tasks of the same gates wait in
-- a line of their own, so that claims do not read what cannot start.
lock table handoff_task;
alter table handoff_task add column gates text not null default '';

drop index handoff_task_ready;
create index handoff_task_ready on handoff_task (type, gates, priority, fair_start, id) where state = 'queued' and ready;
-- The places that are taken: a task holds one while it is processing, and by nothing else.
create index handoff_task_places on handoff_task (gates) where state = 'processing' and gates <> '';

-- Times of the two rates are microseconds since 1970: until when what was started or spent uses up the rate.
create table handoff_gate (
  name          text not null primary key,
  concurrency   bigint,
  starts_count  bigint,
  starts_per    bigint,
  units_count   bigint,
  units_per     bigint,
  closed_until  bigint,
  closed_reason text,
  starts_until  bigint,
  units_until   bigint
);
