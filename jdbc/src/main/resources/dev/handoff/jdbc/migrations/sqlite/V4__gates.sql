-- The gates that a task passes: their names in order, separated by line feeds; '' for none. Tasks of the same gates wait in
-- a line of their own, so that claims do not read what cannot start.
alter table handoff_task add column gates text not null default '';

drop index handoff_task_ready;
create index handoff_task_ready on handoff_task (type, gates, priority desc, fair_start, id, tenant) where state = 'queued' and ready = 1;
-- The places that are taken: a task holds one while it is processing, and by nothing else.
create index handoff_task_places on handoff_task (gates) where state = 'processing' and gates <> '';

-- Times of the two rates are microseconds since 1970: until when what was started or spent uses up the rate.
create table handoff_gate (
  name          text not null primary key,
  concurrency   integer,
  starts_count  integer,
  starts_per    integer,
  units_count   integer,
  units_per     integer,
  closed_until  integer,
  closed_reason text,
  starts_until  integer,
  units_until   integer
) strict;
