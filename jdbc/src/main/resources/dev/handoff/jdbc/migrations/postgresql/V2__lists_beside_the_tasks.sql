-- The two long lists hang on the row that is never written again. On the task's own, of which each start and each end make
-- another version, both cost an entry each time; the owner's alone was a sixth of all that a node gets done.

-- At once and in the order in which tasks are written, or whoever is connected still could be in the way at the end.
lock table handoff_task, handoff_submitted;

alter table handoff_submitted add column owner text, add column tenant text;
update handoff_submitted s set owner = t.owner, tenant = t.tenant from handoff_task t where t.id = s.task_id;
alter table handoff_submitted alter column owner set not null;
create index handoff_submitted_owned on handoff_submitted (owner, task_id);
create index handoff_submitted_tenant on handoff_submitted (tenant, task_id) where tenant is not null;
drop index handoff_task_owned;
drop index handoff_task_tenant;

-- A vacuum reads all of the indexes, which are three now: so by a share of the table here too.
alter table handoff_submitted set (autovacuum_vacuum_scale_factor = 0.05);
