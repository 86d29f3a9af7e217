-- The types that the node runs, separated by spaces; null when it does not say.
alter table handoff_node add column types text;
