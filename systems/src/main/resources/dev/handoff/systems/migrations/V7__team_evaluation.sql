-- Times are milliseconds since 1970. Every table carries the school, and every statement asks for it.
create table team_school (
  id     bigint not null primary key,
  name   text   not null,
  tenant text   not null unique
);

create table team_user (
  id          bigint  not null primary key,
  school_id   bigint  not null references team_school (id),
  account_id  text    unique references user_account (id) on delete set null,
  email       text    not null,
  name        text    not null,
  role        text    not null check (role in ('student', 'teacher', 'admin')),
  archived    boolean not null,
  class_name  text,
  team_number integer,
  unique (school_id, email)
);

create table team_evaluation (
  id              bigint not null primary key,
  school_id       bigint not null references team_school (id),
  title           text   not null,
  evaluation_type text   not null,
  status          text   not null check (status in ('draft', 'open', 'closed')),
  settings        text   not null,
  closed_at       bigint
);

create index team_evaluation_by_school on team_evaluation (school_id);

create table team_allocation (
  id            bigint  not null primary key,
  school_id     bigint  not null references team_school (id),
  evaluation_id bigint  not null references team_evaluation (id) on delete cascade,
  reviewer_id   bigint  not null references team_user (id),
  reviewee_id   bigint  not null references team_user (id),
  is_self       boolean not null,
  unique (evaluation_id, reviewer_id, reviewee_id)
);

create index team_allocation_by_reviewee on team_allocation (evaluation_id, reviewee_id);

create table team_score (
  id            bigint  not null primary key,
  school_id     bigint  not null references team_school (id),
  allocation_id bigint  not null references team_allocation (id) on delete cascade,
  criterion_id  integer not null,
  score         integer not null,
  comment       text,
  status        text    not null check (status in ('draft', 'submitted')),
  unique (allocation_id, criterion_id)
);

-- What a teacher wrote to a pupil about an evaluation.
create table team_remark (
  school_id     bigint not null references team_school (id),
  evaluation_id bigint not null references team_evaluation (id) on delete cascade,
  student_id    bigint not null references team_user (id),
  text          text   not null,
  primary key (evaluation_id, student_id)
);

create table feedback_summaries (
  id                     ${generatedId},
  school_id              bigint not null references team_school (id),
  evaluation_id          bigint not null references team_evaluation (id) on delete cascade,
  student_id             bigint not null references team_user (id),
  summary_text           text   not null,
  feedback_hash          text   not null,
  generation_method      text   not null check (generation_method in ('ai', 'fallback')),
  generation_duration_ms bigint not null,
  created_at             bigint not null,
  updated_at             bigint not null,
  unique (evaluation_id, student_id)
);

-- A summary that was asked for, for good. While it is open its task in the engine is the truth; what it came to is
-- written here when it ends. The hash is that of the feedback it answers, and null when it must not be given out again.
create table summary_generation_jobs (
  id                ${generatedId},
  school_id         bigint       not null references team_school (id),
  evaluation_id     bigint       not null references team_evaluation (id) on delete cascade,
  student_id        bigint       not null references team_user (id),
  job_id            varchar(200) not null unique,
  task_id           text         unique,
  status            text         not null check (status in ('queued', 'processing', 'completed', 'failed', 'cancelled')),
  result            text,
  error_message     text,
  feedback_hash     text,
  created_at        bigint       not null,
  started_at        bigint,
  completed_at      bigint,
  updated_at        bigint       not null,
  progress          integer      not null,
  priority          text         not null,
  retry_count       integer      not null,
  max_retries       integer      not null,
  cancelled_at      bigint,
  cancelled_by      bigint references team_user (id),
  webhook_url       text,
  webhook_delivered boolean      not null,
  webhook_attempts  integer      not null
);

create index summary_generation_jobs_by_evaluation on summary_generation_jobs (school_id, evaluation_id, id);
create index summary_generation_jobs_by_student on summary_generation_jobs (evaluation_id, student_id, id);
create index summary_generation_jobs_open on summary_generation_jobs (school_id, status);
