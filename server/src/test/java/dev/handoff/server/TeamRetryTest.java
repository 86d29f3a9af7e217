package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What is repeated, how it is told, and when it is given up (F14).
@OnBothStores
final class TeamRetryTest {
  private static TeamServer served;
  private static ScriptedModelServer model;
  private static Team team;

  @BeforeAll
  static void start() {
    served = TeamServer.start("handoff.systems.team-evaluation.retry-wait=500ms");
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
  }

  @Test
  void aDatabaseErrorIsRepeatedAndThenSaidInCleanWords() {
    Client sanne = team.pupil(456);
    int asked = model.requests().size();
    Gate gate = Gate.closed();
    model.enqueue(ModelScript.streamed(gate, Team.FACTS));
    String job = Team.queue(sanne, 456, json("{'max_retries':1}"));
    Awaitility.await().until(() -> model.openCalls() == 1);
    rename("feedback_summaries", "feedback_summaries_away");
    JsonNode failed;
    JsonNode waiting;
    try {
      gate.openForAll();
      waiting =
          Team.await(sanne, job, it -> it.text("error_message").startsWith("Retry 1/1: ")).json();
      failed = Team.awaitStatus(sanne, job, "failed").json();
    } finally {
      rename("feedback_summaries_away", "feedback_summaries");
    }

    String words =
        "De gegevens konden even niet worden gelezen of opgeslagen. Probeer het later opnieuw.";
    assertThat(waiting.path("status").asString()).isEqualTo("queued");
    assertThat(waiting.path("error_message").asString()).isEqualTo("Retry 1/1: " + words);
    assertThat(waiting.path("retry_count").asInt()).isEqualTo(1);
    assertThat(failed.path("error_message").asString()).isEqualTo(words);
    assertThat(failed.path("retry_count").asInt()).isEqualTo(1);
    assertThat(failed.path("result").isNull()).isTrue();
    assertThat(failed.path("completed_at").isNull()).isFalse();
    // What the AI said is remembered over the attempts.
    assertThat(model.requests()).hasSize(asked + 2);

    String next = Team.queue(sanne, 456);
    assertThat(next).isNotEqualTo(job);
    Team.awaitStatus(sanne, next, "completed");
    assertThat(sanne.get(Team.status(job)).text("status")).isEqualTo("failed");
    assertThat(
            team.teacher()
                .get(Team.CALLS + "/evaluation/123/jobs?status=failed")
                .json()
                .path("jobs"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "update team_user set role = 'teacher' where id = 457,"
        + " update team_user set role = 'student' where id = 457, Student 457 not found",
    "update team_evaluation set school_id = 2 where id = 123,"
        + " update team_evaluation set school_id = 1 where id = 123, Evaluation 123 not found"
  })
  void dataThatAreGoneEndItWithoutAnotherAttempt(String takeAway, String giveBack, String words) {
    Client daan = team.pupil(457);
    rename("feedback_summaries", "feedback_summaries_away");
    String job;
    JsonNode failed;
    try {
      job = Team.queue(daan, 457);
      Team.await(daan, job, it -> it.text("error_message").startsWith("Retry 1/3: "));
      var _ = team.sql().sql(takeAway).update();
    } finally {
      rename("feedback_summaries_away", "feedback_summaries");
    }
    try {
      failed = Team.awaitStatus(team.teacher(), job, "failed").json();
    } finally {
      var _ = team.sql().sql(giveBack).update();
    }

    assertThat(failed.path("error_message").asString()).isEqualTo(words);
    assertThat(failed.path("retry_count").asInt()).isEqualTo(1);
    assertThat(team.count("feedback_summaries")).isZero();
  }

  @Test
  void whatTheEngineDoesNotTakeIsAFailedJobAndA500() {
    Client sanne = team.pupil(456);
    String needed = TestServer.ON_POSTGRES ? "handoff_submitted" : "handoff_request";
    rename(needed, "away");
    HttpAnswer refused;
    HttpAnswer batch;
    try {
      batch =
          team.teacher()
              .post(Team.CALLS + "/evaluation/123/batch-queue", json("{'student_ids':[457,459]}"));
      refused = sanne.post(Team.of(123, 456) + "/queue");
    } finally {
      rename("away", needed);
    }

    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused.body())
        .isEqualTo(
            """
            {"detail":"Failed to queue job: De wachtrij is niet bereikbaar. Probeer het over een \
            paar minuten opnieuw."}\
            """);
    assertThat(batch.body())
        .startsWith(
            """
            {"evaluation_id":123,"total_students":2,"queued":0,"already_queued":0,\
            "already_exists":0,"failed":2,"results":[{"student_id":457,"job_id":"\
            """)
        .contains(
            """
            "status":"failed","error":"De wachtrij is niet bereikbaar. Probeer het over een \
            paar minuten opnieuw."}\
            """);
    JsonNode failed =
        team.teacher()
            .get(Team.CALLS + "/evaluation/123/jobs?status=failed")
            .json()
            .path("jobs")
            .path(0);
    assertThat(failed.path("student_id").asInt()).isEqualTo(456);
    assertThat(sanne.get(Team.of(123, 456)).text("generation_method")).isEqualTo("ai");
    Team.awaitStatus(sanne, Team.queue(sanne, 456), "completed");
  }

  private static void rename(String table, String to) {
    var _ = team.sql().sql("alter table " + table + " rename to " + to).update();
  }
}
