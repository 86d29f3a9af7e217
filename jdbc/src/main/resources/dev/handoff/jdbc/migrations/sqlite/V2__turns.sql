-- Whatever waits to be claimed has its turn: a row without one is in no order. Triggers, because a check of an existing
-- table would need another table and a copy of all rows.
update handoff_task set fair_start = 0 where state = 'queued' and ready = 1 and fair_start is null;

create trigger handoff_task_inserted_has_turn before insert on handoff_task
when new.ready = 1 and new.fair_start is null
begin
  select raise(abort, 'a task that is ready has a turn');
end;

create trigger handoff_task_updated_has_turn before update of ready, fair_start on handoff_task
when new.ready = 1 and new.fair_start is null
begin
  select raise(abort, 'a task that is ready has a turn');
end;
