-- Times are milliseconds since 1970. A user's kind of business, as they wrote it.
create table business_owner (
  user_id       text not null primary key references user_account (id) on delete cascade,
  business_type text
);

-- Templates for the assistants of kinds of businesses.
create table business_prompt (
  id               bigint not null primary key,
  name             text   not null,
  prompt           text   not null,
  ai_answer_prompt text   not null
);

-- What a user has bought. The tokens of it are the account 'subscription:<id>' of the engine's budgets.
create table subscription (
  id         text    not null primary key,
  user_id    text    not null unique references user_account (id) on delete cascade,
  start_date bigint  not null,
  end_date   bigint,
  is_active  boolean not null,
  status     text    not null
);

-- One line for each task that ended with a prompt, by its id.
create table ai_usage_log (
  id                text    not null primary key,
  user_id           text    not null,
  section           text    not null,
  prompt_tokens     bigint  not null,
  completion_tokens bigint  not null,
  total_tokens      bigint  not null,
  response_time_ms  bigint  not null,
  success           boolean not null,
  model_name        text    not null,
  error_message     text,
  metadata          text,
  created_at        bigint  not null
);

create index ai_usage_log_by_user on ai_usage_log (user_id, section, created_at);
create index ai_usage_log_by_section on ai_usage_log (section, created_at);

-- Prompts of a while ago, for who asks for the same again.
create table kept_prompt (
  user_id     text   not null,
  fingerprint text   not null,
  prompt      text   not null,
  created_at  bigint not null,
  primary key (user_id, fingerprint)
);

create index kept_prompt_by_age on kept_prompt (created_at);
