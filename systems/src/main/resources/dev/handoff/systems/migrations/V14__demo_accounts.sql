-- The accounts of the demo, whose password everybody knows: refused where the demo is off.
alter table user_account add column is_demo boolean not null default false;
