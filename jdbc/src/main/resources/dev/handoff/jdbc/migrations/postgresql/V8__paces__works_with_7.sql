-- How long the last completed attempts of a type took, in milliseconds, separated by spaces: of the node that wrote last.
create table handoff_pace (
  type       text   not null primary key,
  durations  text   not null,
  updated_at bigint not null
);
