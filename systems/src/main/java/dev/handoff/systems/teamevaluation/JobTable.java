package dev.handoff.systems.teamevaluation;

import dev.handoff.Priority;
import dev.handoff.TaskId;
import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.Job.About;
import dev.handoff.systems.teamevaluation.Job.Delivered;
import dev.handoff.systems.teamevaluation.Job.JobStatus;
import dev.handoff.systems.teamevaluation.Job.JobTerms;
import dev.handoff.systems.teamevaluation.Member.School;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The jobs, for good. An open one is `queued` here until its task has ended. Safe for use by many
/// threads.
record JobTable(SystemsDatabase db) {
  /// The most jobs that are listed at once.
  static final int LISTED = 1_000;

  private static final String ADD =
      """
      insert into summary_generation_jobs
        (school_id, evaluation_id, student_id, job_id, task_id, status, error_message, created_at,
         completed_at, updated_at, progress, priority, retry_count, max_retries, webhook_url,
         webhook_delivered, webhook_attempts)
      values
        (:school, :evaluation, :student, :job, :task, :status, :error, :created, :ended, :created, 0,
         :priority, 0, :maxRetries, :webhook, :no, 0)
      on conflict (job_id) do nothing
      """;
  private static final String SELECT = "select * from summary_generation_jobs where ";
  private static final String OF_ID = SELECT + "school_id = :school and job_id = :job";
  private static final String OF_TASK = SELECT + "task_id = :task";
  private static final String NEWEST = " order by id desc limit " + LISTED;
  private static final String OF_EVALUATION =
      SELECT + "school_id = :school and evaluation_id = :evaluation";
  // What is queued here may have come to anything: its task knows.
  private static final String MAYBE = " and status in (:status, 'queued')";
  private static final String OPEN =
      SELECT
          + """
          school_id = :school and evaluation_id = :evaluation and student_id = :student
            and status = 'queued'
          order by id desc
          """;
  private static final String ANSWERING =
      SELECT
          + """
          school_id = :school and evaluation_id = :evaluation and student_id = :student
            and status = 'completed' and feedback_hash = :hash
          order by id desc limit 1
          """;
  private static final String OPEN_TASKS =
      """
      select task_id, job_id from summary_generation_jobs
      where school_id = :school and status = 'queued' and task_id is not null
      order by id
      """;
  private static final String COUNTS =
      """
      select status, count(*) from summary_generation_jobs
      where school_id = :school and status <> 'queued' group by status
      """;
  private static final String SETTLE =
      """
      update summary_generation_jobs set
        status = :status, result = :result, error_message = :error,
        feedback_hash = case when status = 'queued' then :hash else feedback_hash end,
        started_at = :started, completed_at = :completed, cancelled_at = :cancelled,
        progress = :progress, retry_count = :retries, updated_at = :ended
      where task_id = :task
      """;
  private static final String REOPEN =
      """
      update summary_generation_jobs set
        status = 'queued', error_message = null, completed_at = null
      where task_id = :task
      """;
  private static final String CANCELLED_BY =
      "update summary_generation_jobs set cancelled_by = :by where school_id = :school and job_id ="
          + " :job";
  private static final String RETIRE =
      """
      update summary_generation_jobs set feedback_hash = null
      where school_id = :school and evaluation_id = :evaluation and student_id = :student
      """;
  private static final String SCHOOL_OF =
      "select school_id from summary_generation_jobs where job_id = :job";
  private static final String DELIVERED =
      """
      update summary_generation_jobs
      set webhook_attempts = :attempts, webhook_delivered = :taken
      where job_id = :job
      """;

  /// Adds a job, unless another one has its id.
  ///
  /// @return whether it was added
  boolean add(Job job) {
    TaskId task = job.about().task();
    return about(ADD, job.about())
            .param("job", job.id())
            .param("task", task == null ? null : task.toString())
            .param("status", job.kept().status())
            .param("error", job.kept().error())
            .param("created", job.createdAt().toEpochMilli())
            .param("ended", RowValues.millis(job.kept().endedAt()))
            .param("priority", job.terms().priority().word())
            .param("maxRetries", job.terms().maxRetries())
            .param("webhook", job.terms().webhook())
            .param("no", false)
            .update()
        == 1;
  }

  Optional<Job> find(School school, String id) {
    return db.sql(OF_ID)
        .param("school", school.id())
        .param("job", id)
        .query((row, _) -> job(row))
        .optional();
  }

  /// Whose job this is; empty when there is none any more.
  Optional<Long> schoolOf(String job) {
    return db.sql(SCHOOL_OF).param("job", job).query(Long.class).optional();
  }

  Optional<Job> ofTask(TaskId task) {
    return db.sql(OF_TASK).param("task", task.toString()).query((row, _) -> job(row)).optional();
  }

  /// The jobs of an evaluation, the newest first, at most [#LISTED]; with a status, those that may
  /// have it.
  List<Job> of(Evaluation evaluation, Optional<String> status) {
    JdbcClient.StatementSpec select =
        status
            .map(word -> db.sql(OF_EVALUATION + MAYBE + NEWEST).param("status", word))
            .orElseGet(() -> db.sql(OF_EVALUATION + NEWEST));
    return select
        .param("school", evaluation.school().id())
        .param("evaluation", evaluation.id())
        .query((row, _) -> job(row))
        .list();
  }

  /// Those of a pupil that have not ended as far as the rows know.
  List<Job> open(About about) {
    return about(OPEN, about).query((row, _) -> job(row)).list();
  }

  /// The newest completed one of a pupil for exactly this feedback.
  Optional<Job> answering(About about, String hash) {
    return about(ANSWERING, about).param("hash", hash).query((row, _) -> job(row)).optional();
  }

  /// The tasks of a school's jobs that have not ended as far as the rows know, each with its job.
  Map<TaskId, String> openTasks(School school) {
    Map<TaskId, String> tasks = new LinkedHashMap<>();
    db.sql(OPEN_TASKS)
        .param("school", school.id())
        .query(row -> {
          tasks.put(TaskId.parse(row.getString(1)).orElseThrow(), row.getString(2));
        });
    return tasks;
  }

  /// How many of a school's jobs ended how.
  Map<String, Integer> ended(School school) {
    Map<String, Integer> counts = new HashMap<>();
    db.sql(COUNTS)
        .param("school", school.id())
        .query(row -> {
          counts.put(row.getString(1), row.getInt(2));
        });
    return counts;
  }

  /// Writes down how the job of this task ended. The same end may be written again, and does not
  /// bring back a job that was retired since.
  void settle(TaskId task, JobStatus end) {
    boolean cancelled = end.status().equals(Job.CANCELLED);
    SummaryResult result = end.result();
    Long endedAt = RowValues.millis(end.endedAt());
    var _ =
        db.sql(SETTLE)
            .param("task", task.toString())
            .param("status", end.status())
            .param("result", result == null ? null : RowValues.json(result))
            .param("error", end.error())
            .param("hash", result == null ? null : result.feedbackHash())
            .param("started", RowValues.millis(end.startedAt()))
            .param("completed", cancelled ? null : endedAt)
            .param("cancelled", cancelled ? endedAt : null)
            .param("ended", endedAt)
            .param("progress", end.progress())
            .param("retries", end.retries())
            .update();
  }

  /// Has the task of an ended job say again how it stands: somebody had it tried once more.
  void reopen(TaskId task) {
    var _ = db.sql(REOPEN).param("task", task.toString()).update();
  }

  void cancelledBy(School school, String id, Member by) {
    var _ =
        db.sql(CANCELLED_BY)
            .param("school", school.id())
            .param("job", id)
            .param("by", by.id())
            .update();
  }

  /// Gives out none of the pupil's completed jobs again.
  void retire(About about) {
    var _ = about(RETIRE, about).update();
  }

  void delivered(String id, Delivered delivered) {
    var _ =
        db.sql(DELIVERED)
            .param("job", id)
            .param("attempts", delivered.attempts())
            .param("taken", delivered.taken())
            .update();
  }

  private JdbcClient.StatementSpec about(String statement, About about) {
    return db.sql(statement)
        .param("school", about.school())
        .param("evaluation", about.evaluation())
        .param("student", about.student());
  }

  private static Job job(ResultSet row) throws SQLException {
    String task = row.getString("task_id");
    String result = row.getString("result");
    Instant ended = RowValues.timeOrNull(row, "completed_at");
    return new Job(
        row.getString("job_id"),
        new About(
            row.getLong("school_id"),
            row.getLong("evaluation_id"),
            row.getLong("student_id"),
            task == null ? null : TaskId.parse(task).orElseThrow()),
        new JobTerms(
            Priority.valueOf(row.getString("priority").toUpperCase(Locale.ROOT)),
            row.getInt("max_retries"),
            row.getString("webhook_url")),
        RowValues.time(row, "created_at"),
        new JobStatus(
            row.getString("status"),
            row.getInt("progress"),
            row.getInt("retry_count"),
            RowValues.timeOrNull(row, "started_at"),
            ended == null ? RowValues.timeOrNull(row, "cancelled_at") : ended,
            result == null ? null : JsonMapper.shared().readValue(result, SummaryResult.class),
            row.getString("error_message")),
        new Delivered(row.getBoolean("webhook_delivered"), row.getInt("webhook_attempts")));
  }
}
