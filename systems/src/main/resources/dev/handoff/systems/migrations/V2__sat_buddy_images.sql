create table sat_buddy_image (
  id           text   not null primary key,
  user_id      text   not null,
  content_type text   not null,
  size         bigint not null,
  file_path    text   not null unique,
  uploaded_at  bigint not null
);

create index sat_buddy_image_by_age on sat_buddy_image (uploaded_at);
