-- Why the AI did not make a module; null where it did, and where there is none.
alter table training_module add column ai_failure text;
