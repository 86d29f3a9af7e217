-- The time before which the first attempt has to start; null for most. The index has only tasks that wait for it, so that
-- the others pay nothing for the look at it.
alter table handoff_task add column start_before bigint;
create index handoff_task_start_before on handoff_task (start_before)
  where start_before is not null and state = 'queued' and started_at is null;
