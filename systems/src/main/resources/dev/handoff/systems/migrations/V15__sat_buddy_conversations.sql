-- The chats of each pupil. The id is the page's own; only the pair with its owner is unique.
create table sat_buddy_conversation (
  user_id    text   not null references user_account (id) on delete cascade,
  id         text   not null,
  tenant     text,
  title      text   not null,
  pending    text,
  updated_at bigint not null,
  deleted_at bigint,
  primary key (user_id, id)
);

create index sat_buddy_conversation_by_change on sat_buddy_conversation (user_id, updated_at);
create index sat_buddy_conversation_by_age on sat_buddy_conversation (updated_at);

-- What was said, each in the page's own form, and its words in lower case to search in.
create table sat_buddy_message (
  user_id         text   not null,
  conversation_id text   not null,
  id              text   not null,
  tenant          text,
  place           bigint not null,
  body            text   not null,
  words           text   not null,
  primary key (user_id, conversation_id, id),
  foreign key (user_id, conversation_id)
    references sat_buddy_conversation (user_id, id) on delete cascade
);
