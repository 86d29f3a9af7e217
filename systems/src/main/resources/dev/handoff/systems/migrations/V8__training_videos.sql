create table training_module (
  id              text not null primary key,
  owner_id        text not null references user_account (id) on delete cascade,
  title           text not null,
  description     text not null,
  total_duration  double precision not null,
  status          text not null check (status in ('processing', 'ready', 'failed')),
  progress        integer not null,
  error           text,
  generated_by_ai boolean not null,
  -- Each processing is another round; what belongs to an older one changes nothing any more.
  round           integer not null,
  task_id         text,
  steps           text not null,
  training_data   text not null,
  thumbnails      text not null,
  created_at      bigint not null,
  updated_at      bigint not null
);

create index training_module_by_owner on training_module (owner_id, created_at);
create index training_module_by_status on training_module (status, updated_at);

-- How long each stage of a processing took.
create table training_stage_time (
  module_id   text not null,
  round       integer not null,
  stage       text not null,
  owner_id    text not null,
  millis      bigint not null,
  measured_at bigint not null,
  primary key (module_id, round, stage)
);

create index training_stage_time_by_owner on training_stage_time (owner_id, measured_at);
create index training_stage_time_by_time on training_stage_time (measured_at);

create table training_feedback (
  id           text not null primary key,
  owner_id     text not null references user_account (id) on delete cascade,
  module_id    text not null,
  type         text not null,
  action       text not null,
  comment      text not null,
  submitted_at bigint not null
);

create index training_feedback_by_owner on training_feedback (owner_id, submitted_at);
