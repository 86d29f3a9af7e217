-- Where an owner wants to be told of the ends of tasks. The deliveries are tasks themselves.
create table handoff_webhook (
  id               text    not null primary key,
  owner            text    not null,
  tenant           text    not null,             -- empty for none
  place            integer not null check (place between 0 and 19),
  url              text    not null,
  events           text    not null,             -- separated by spaces
  types            text    not null,             -- separated by spaces; empty for all
  description      text,
  secret           text    not null,
  old_secret       text,                         -- signs along until then
  old_secret_until bigint,
  created_at       bigint  not null,
  disabled_at      bigint,                       -- when the receiver said that it is gone for good
  -- So there are at most 20, however many are set up at once.
  unique (tenant, owner, place)
);

-- Counts the changes of the table before: each node keeps in memory who has webhooks, and looks here whether it still holds.
create table handoff_webhook_change (
  id     integer not null primary key,
  number bigint  not null
);

insert into handoff_webhook_change (id, number) values (1, 0);
