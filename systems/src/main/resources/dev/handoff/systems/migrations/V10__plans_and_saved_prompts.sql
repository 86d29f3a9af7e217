-- What can be bought: tokens alone, or tokens for some days.
create table plans (
  id              text    not null primary key,
  name            text    not null,
  tokens_included bigint  not null check (tokens_included > 0),
  duration_days   integer check (duration_days > 0)
);

alter table subscription add column plan_id text references plans (id);

-- The prompt that an owner works with, one each: saved when its owner says so.
create table ai_prompts (
  user_id       text   not null primary key references user_account (id) on delete cascade,
  manual_prompt text   not null,
  updated_at    bigint not null
);
