-- The types that the node runs, separated by spaces; null when it does not say.
alter table handoff_node add column types text;

-- One task for each key of a caller's own, also after its end.
create unique index handoff_task_own_key on handoff_task (join_key) where substr(join_key, 1, 4) = 'key:';
