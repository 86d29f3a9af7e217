package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Jobs over HTTP: batches, lists, numbers, cancelling, and what is refused (F8, F9).
@OnBothStores
final class TeamJobsTest {
  private static TeamServer served;
  private static ScriptedModelServer model;
  private static Team team;
  private Client sanne;
  private Client teacher;

  @BeforeAll
  static void start() {
    served = TeamServer.start(TeamServer.UNLIMITED);
    model = served.model();
    team = served.team();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void nothingYet() {
    served.forget();
    sanne = team.pupil(456);
    teacher = team.teacher();
  }

  @Test
  void f8CountsWhatABatchCameTo() {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    String open = Team.queue(sanne, 456);

    HttpAnswer batch =
        teacher.post(
            Team.CALLS + "/evaluation/123/batch-queue", json("{'student_ids':[456,457,459]}"));

    assertThat(batch.body())
        .startsWith(
            """
            {"evaluation_id":123,"total_students":3,"queued":2,"already_queued":1,\
            "already_exists":0,"failed":0,"results":[{"student_id":456,\
            "job_id":"%s","status":"already_queued"},{"student_id":457,\
            """
                .formatted(open));
    gate.openForAll();
    model.byDefault(Team.WRITER);
    batch
        .json()
        .path("results")
        .forEach(one -> Team.awaitStatus(teacher, one.path("job_id").asString(), "completed"));
    HttpAnswer again =
        teacher.post(
            Team.CALLS + "/evaluation/123/batch-queue",
            json("{'student_ids':[456,457,456],'priority':'high'}"));
    assertThat(again.json().path("already_exists").asInt()).isEqualTo(3);
  }

  @Test
  void aBatchWithOneStrangerQueuesNobody() {
    for (String ids : List.of("[456,99999]", "[456,556]", "[401]")) {
      assertThat(
              teacher.post(
                  Team.CALLS + "/evaluation/123/batch-queue", json("{'student_ids':%s}", ids)))
          .returns(400, HttpAnswer::status)
          .returns(json("{'detail':'Some students not found'}"), HttpAnswer::body);
    }
    assertThat(team.count("summary_generation_jobs")).isZero();
  }

  @Test
  void f9ListsTheJobsOfAnEvaluation() {
    Gate gate = Gate.closed();
    Team.awaitStatus(sanne, Team.queue(sanne, 456), "completed");
    model.byDefault(ModelScript.hang(gate));
    String second = Team.queue(teacher, 457);
    Team.awaitStatus(teacher, second, "processing");
    String third = Team.queue(teacher, 459);
    assertThat(teacher.post(Team.CALLS + "/jobs/" + third + "/cancel").status()).isEqualTo(200);

    JsonNode all = teacher.get(Team.CALLS + "/evaluation/123/jobs").json();

    assertThat(all.path("evaluation_id").asInt()).isEqualTo(123);
    assertThat(all.path("total").asInt()).isEqualTo(3);
    assertThat(all.path("jobs").path(0).path("job_id").asString()).isEqualTo(third);
    assertThat(statuses("")).containsExactly("cancelled", "processing", "completed");
    assertThat(statuses("?status=processing")).containsExactly("processing");
    assertThat(statuses("?status=failed")).isEmpty();
    assertThat(teacher.get(Team.CALLS + "/evaluation/123/jobs?status=x").status()).isEqualTo(400);
    assertThat(teacher.get(Team.CALLS + "/queue/stats").body())
        .isEqualTo(
            """
            {"queue_name":"feedback-summaries","queued_count":0,"processing_count":1,\
            "completed_count":1,"failed_count":0,"cancelled_count":1,\
            "workers_count":100}\
            """);
    assertThat(team.otherTeacher().get(Team.CALLS + "/queue/stats").body())
        .contains(json("'processing_count':0,'completed_count':0"));
    JsonNode health = teacher.get(Team.CALLS + "/queue/health").json();
    assertThat(health.path("status").asString()).isEqualTo("healthy");
    assertThat(health.path("workers").path(0).path("current_job").asString()).isEqualTo(second);
    assertThat(team.otherTeacher().get(Team.CALLS + "/queue/health").body())
        .doesNotContain("summary-");
    assertThat(sanne.get(Team.CALLS + "/queue/health").body()).doesNotContain("summary-");
    gate.openForAll();
    Team.awaitStatus(teacher, second, "completed");
  }

  @Test
  void aFailedOneIsListedHoweverManyOthersAreNewer() {
    for (int i = 0; i <= 1_001; i++) {
      var _ =
          team.sql()
              .sql(
                  """
                  insert into summary_generation_jobs (school_id, evaluation_id, student_id, job_id,
                    status, created_at, updated_at, progress, priority, retry_count, max_retries,
                    webhook_delivered, webhook_attempts)
                  values (1, 123, 456, :job, :status, :at, :at, 0, 'normal', 0, 3, :no, 0)
                  """)
              .param("job", "summary-123-456-" + i)
              .param("status", i == 0 ? "failed" : "cancelled")
              .param("at", 1_000L * i)
              .param("no", false)
              .update();
    }

    assertThat(statuses("?status=failed")).containsExactly("failed");
    assertThat(statuses("")).hasSize(1_000).containsOnly("cancelled");
  }

  @Test
  void anAdminMayWhatATeacherMay() {
    String role = "update team_user set role = ? where id = 401";
    var _ = team.sql().sql(role).param("admin").update();
    try {
      String job = Team.queue(teacher, 456);
      Team.awaitStatus(teacher, job, "completed");
      assertThat(statuses("")).containsExactly("completed");
      assertThat(teacher.get(Team.CALLS + "/queue/stats").status()).isEqualTo(200);
    } finally {
      var _ = team.sql().sql(role).param("teacher").update();
    }
  }

  private List<String> statuses(String query) {
    List<String> found = new ArrayList<>();
    teacher
        .get(Team.CALLS + "/evaluation/123/jobs" + query)
        .json()
        .path("jobs")
        .forEach(job -> found.add(job.path("status").asString()));
    return found;
  }

  @Test
  void cancelsWhatIsOpenAndNothingElse() {
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.hang(gate));
    String job = Team.queue(sanne, 456);
    Awaitility.await().until(() -> model.openCalls() == 1);

    HttpAnswer others = team.pupil(457).post(Team.CALLS + "/jobs/" + job + "/cancel");
    HttpAnswer made = team.pupil(457).post(Team.CALLS + "/jobs/summary-123-456-1/cancel");
    HttpAnswer cancelled = sanne.post(Team.CALLS + "/jobs/" + job + "/cancel");

    assertThat(others)
        .returns(403, HttpAnswer::status)
        .returns(json("{'detail':'Not allowed'}"), HttpAnswer::body);
    assertThat(made.body()).isEqualTo(others.body());
    assertThat(cancelled.body())
        .isEqualTo(
            """
            {"message":"Job cancelled successfully","job_id":"%s","status":"cancelled"}\
            """
                .formatted(job));
    Awaitility.await().until(() -> model.openCalls() == 0);
    gate.openForAll();
    JsonNode seen = sanne.get(Team.status(job)).json();
    assertThat(seen.path("status").asString()).isEqualTo("cancelled");
    assertThat(seen.path("cancelled_at").isNull()).isFalse();
    assertThat(sanne.post(Team.CALLS + "/jobs/" + job + "/cancel"))
        .returns(400, HttpAnswer::status)
        .returns("{\"detail\":\"Cannot cancel job with status 'cancelled'\"}", HttpAnswer::body);
    String next = Team.queue(sanne, 456);
    assertThat(next).isNotEqualTo(job);
    Team.awaitStatus(sanne, next, "completed");
    assertThat(sanne.post(Team.CALLS + "/jobs/" + next + "/cancel").text("detail"))
        .isEqualTo("Cannot cancel job with status 'completed'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"priority":"urgent"} | 400 | Priority must be one of: high, normal, low
          {"max_retries":11} | 400 | max_retries must be 0 to 10
          {"webhook_url":"http://example.com"} | 400 | webhook_url must be an https address that is not a private one
          {"webhook_url":"https://127.0.0.1/x"} | 400 | webhook_url must be an https address that is not a private one
          {"webhook_url":"https://localhost/x"} | 400 | webhook_url must be an https address that is not a private one
          {"webhook_url":"https://10.1.2.3/x"} | 400 | webhook_url must be an https address that is not a private one
          {"priority":7} | 422 | Invalid request format
          [1] | 422 | Invalid request format
          { | 422 | Invalid request format
          """)
  void refusesWhatItCannotDo(String body, int status, String detail) {
    assertThat(sanne.post(Team.of(123, 456) + "/queue", body))
        .returns(status, HttpAnswer::status)
        .returns(json("{'detail':'%s'}", detail), HttpAnswer::body);
    assertThat(team.count("summary_generation_jobs")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.5", "1e3", "0x7b", "%20", "0456", "%EF%BC%91"})
  void idsAreIntegers(String id) {
    assertThat(sanne.post(Team.CALLS + "/evaluation/" + id + "/student/456/queue").status())
        .isEqualTo(422);
    assertThat(sanne.get(Team.CALLS + "/evaluation/123/student/" + id + "/quotes").status())
        .isEqualTo(422);
  }

  @Test
  void aHighPriorityIsKept() {
    String job = Team.queue(sanne, 456, json("{'priority':'high','max_retries':0}"));
    JsonNode done = Team.awaitStatus(sanne, job, "completed").json();
    assertThat(done.path("priority").asString()).isEqualTo("high");
    assertThat(done.path("max_retries").asInt()).isZero();
  }
}
