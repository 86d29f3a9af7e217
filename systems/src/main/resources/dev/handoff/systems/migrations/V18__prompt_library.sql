-- The prompts that a person saved, each with its versions; what is edited becomes another version.
create table saved_prompt_version (
  user_id    text    not null references user_account (id) on delete cascade,
  prompt_id  text    not null,
  version    integer not null,
  tenant     text,
  name       text    not null,
  prompt     text    not null,
  notes      text    not null,
  created_at bigint  not null,
  primary key (user_id, prompt_id, version)
);
