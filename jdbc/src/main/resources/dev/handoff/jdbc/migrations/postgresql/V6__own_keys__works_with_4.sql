-- One task for each key of a caller's own, also after its end. Apart from the nodes' table: writers of tasks wait while this
-- reads the whole table, and nodes must renew their leases meanwhile.
create unique index handoff_task_own_key on handoff_task (join_key) where left(join_key, 4) = 'key:';
