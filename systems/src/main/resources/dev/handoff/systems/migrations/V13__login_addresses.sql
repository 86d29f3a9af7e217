-- From where people have logged in during the last 30 days: wrong passwords from elsewhere refuse no login from there.
-- An IPv6 address stands as its /64.
create table login_address (
  user_id text   not null references user_account (id) on delete cascade,
  address text   not null,
  last_at bigint not null,
  primary key (user_id, address)
);

create index login_address_by_address on login_address (address, last_at);
create index login_address_by_time on login_address (last_at);

-- Every login looks these up, also those with names that nobody has.
create index user_account_by_full_name on user_account (lower(first_name || ' ' || last_name));
create index user_account_by_student_id on user_account (('stu' || substr(replace(id, '-', ''), 1, 12)));
