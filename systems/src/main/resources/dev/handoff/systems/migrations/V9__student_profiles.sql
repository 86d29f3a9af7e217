-- What exam students have beside their accounts, which keep name, address and password. Made at the first login.
create table student_profiles (
  student_id              text    not null primary key,
  user_id                 text    not null unique references user_account (id) on delete cascade,
  subscription_plan       text check (subscription_plan in ('basic', 'pro')),
  subscription_expires_at bigint,
  last_login              bigint,
  created_at              bigint not null,
  updated_at              bigint not null
);
