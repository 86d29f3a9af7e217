-- The timelines that this database has been on, as its nodes noticed them. Another one means that a standby was promoted
-- or a backup restored: what was committed last before may be lost, and numbers of events may be given twice.
create table handoff_timeline (
  id    text   not null primary key,
  since bigint not null
);
