create table zone_topic (
  id      bigint not null primary key,
  name    text not null,
  subject text not null,
  icon    text not null,
  chapter text,
  unique (name, subject, chapter)
);

create table zone_question (
  id             bigint not null primary key,
  topic_id       bigint not null references zone_topic (id),
  question       text not null,
  option_a       text,
  option_b       text,
  option_c       text,
  option_d       text,
  correct_answer text not null,
  explanation    text not null,
  difficulty     text not null,
  question_type  text not null,
  misconceptions text
);

create index zone_question_by_topic on zone_question (topic_id);

create table zone_test_session (
  id                ${generatedId},
  student_id        text not null references user_account (id) on delete cascade,
  test_type         text not null,
  status            text not null check (status in ('open', 'incomplete', 'completed')),
  selected_topics   text not null,
  physics_topics    text not null,
  chemistry_topics  text not null,
  botany_topics     text not null,
  zoology_topics    text not null,
  biology_topics    text not null,
  math_topics       text not null,
  time_limit        integer not null,
  question_count    integer not null,
  start_time        bigint not null,
  end_time          bigint,
  touched_at        bigint not null,
  total_questions   integer not null,
  correct_answers   integer not null default 0,
  incorrect_answers integer not null default 0,
  unanswered        integer not null default 0,
  total_time_taken  integer not null default 0,
  physics_score     double precision,
  chemistry_score   double precision,
  botany_score      double precision,
  zoology_score     double precision,
  biology_score     double precision,
  math_score        double precision,
  insights_task_id  text
);

create index zone_test_session_by_student on zone_test_session (student_id, id);

-- One row for each question of a test, made with it; their order is that of the questions.
create table zone_test_answer (
  id                ${generatedId},
  session_id        bigint not null references zone_test_session (id) on delete cascade,
  question_id       bigint not null references zone_question (id),
  selected_answer   text,
  text_answer       text,
  is_correct        boolean,
  marked_for_review boolean not null,
  time_taken        integer not null default 0,
  visit_count       integer not null default 0,
  answered_at       bigint,
  unique (session_id, question_id)
);

create table zone_insight (
  id                 ${generatedId},
  student_id         text not null references user_account (id) on delete cascade,
  test_session_id    bigint not null references zone_test_session (id) on delete cascade,
  subject            text not null,
  steady_zone        text not null,
  edge_zone          text not null,
  focus_zone         text not null,
  checkpoints        text not null,
  questions_analyzed integer not null,
  topics_analyzed    text not null,
  generated_by_ai    boolean not null,
  created_at         bigint not null,
  unique (test_session_id, subject)
);
