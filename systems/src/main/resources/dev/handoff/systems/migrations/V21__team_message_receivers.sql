-- With what a school's messages about its jobs are signed, and to which hosts they may go. No row: nobody asked yet.
create table team_message_receiver (
  school_id bigint primary key references team_school (id),
  secret text not null,
  -- The secret before this one, which signs along until then.
  old_secret text,
  old_until bigint,
  -- One host a line; empty for every public address.
  hosts text not null default ''
);
