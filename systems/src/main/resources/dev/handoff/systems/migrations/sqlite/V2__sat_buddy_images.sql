create table sat_buddy_image (
  id           text    not null primary key,
  user_id      text    not null,
  content_type text    not null,
  size         integer not null,
  file_path    text    not null unique,
  uploaded_at  integer not null
);

create index sat_buddy_image_by_age on sat_buddy_image (uploaded_at);
