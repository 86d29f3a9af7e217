-- Whether the school's pupils see a summary only after a teacher released it.
alter table team_school add column release_first boolean not null default false;

-- What a teacher made of a summary, and since when the pupil may see it. Both are of this text: another one has none.
alter table feedback_summaries add column edited_text text;
alter table feedback_summaries add column edited_by bigint references team_user (id);
alter table feedback_summaries add column released_at bigint;
alter table feedback_summaries add column released_by bigint references team_user (id);
