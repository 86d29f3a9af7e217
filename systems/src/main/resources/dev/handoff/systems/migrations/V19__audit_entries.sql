-- What concerned security: ids, and no name that somebody typed. Ids begin with the time.
create table audit_entry (
  id varchar(24) primary key,
  at bigint not null,
  kind varchar(40) not null,
  outcome varchar(10) not null,
  actor varchar(220),
  account varchar(220),
  tenant varchar(200),
  address varchar(100),
  request_id varchar(40),
  target varchar(300)
);

create index audit_entry_kind on audit_entry (kind, id);
create index audit_entry_account on audit_entry (account, id);
