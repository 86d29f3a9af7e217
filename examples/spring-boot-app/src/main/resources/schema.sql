create table if not exists meeting (
  id      varchar(40) primary key,
  owner   varchar(200) not null,
  title   varchar(200) not null,
  notes   text not null,
  task    varchar(40) not null,
  summary text,
  unique (owner, title)
);
