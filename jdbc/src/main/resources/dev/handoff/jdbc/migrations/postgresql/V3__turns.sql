-- Whatever waits to be claimed has its turn: a row without one is in no order, and no claim finds it. At once locked as a
-- whole, so that nobody writes such a row in between. The rows that the constraint finds here are right by then, so it is
-- not validated: that would only read the whole table, and hold up everybody for as long.
lock table handoff_task;

update handoff_task set fair_start = 0 where state = 'queued' and ready and fair_start is null;
alter table handoff_task add constraint handoff_task_has_turn check (not ready or fair_start is not null) not valid;
