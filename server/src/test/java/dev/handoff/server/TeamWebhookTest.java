package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who wanted to be told of a job's end is told, in the words of the description, three times at
/// most.
@OnBothStores
final class TeamWebhookTest {
  @Test
  void tellsOfEnds() {
    try (Receiver receiver = Receiver.start();
        TeamServer served =
            TeamServer.start(
                "handoff.webhooks.allow-http=true",
                "handoff.webhooks.allow-private-addresses=true",
                "handoff.systems.team-evaluation.retry-wait=50ms")) {
      Team team = served.team();
      Client sanne = team.pupil(456);
      receiver.answers(500);

      String job = Team.queue(sanne, 456, jobRequest(receiver));
      Team.awaitStatus(sanne, job, "completed");
      JsonNode told = receiver.await(2).getLast().json();

      assertThat(told.path("event").asString()).isEqualTo("job.completed");
      assertThat(told.path("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
      assertThat(told.path("data").toString())
          .isEqualTo(
              """
              {"job_id":"%s","status":"completed","student_id":456,\
              "evaluation_id":123,"result":{"summary_text":"%s",\
              "generation_method":"ai","feedback_count":5}}\
              """
                  .formatted(job, Team.SUMMARY));
      Team.await(sanne, job, it -> it.json().path("webhook_delivered").asBoolean());
      assertThat(attempts(team, job)).isEqualTo(2);

      // It gives up after three.
      for (int i = 0; i < 3; i++) {
        receiver.answers(503);
      }
      Client daan = team.pupil(457);
      String unheard = Team.queue(daan, 457, jobRequest(receiver));
      receiver.await(5);
      Awaitility.await().until(() -> attempts(team, unheard) == 3);
      assertThat(daan.get(Team.status(unheard)).json().path("webhook_delivered").asBoolean())
          .isFalse();

      failsAndTells(team, receiver);
    }
  }

  private static void failsAndTells(Team team, Receiver receiver) {
    Client teacher = team.teacher();
    var sql = team.sql();
    String job;
    var _ = sql.sql("alter table feedback_summaries rename to summaries_away").update();
    try {
      job =
          Team.queue(teacher, 459, json("{'max_retries':0,%s", jobRequest(receiver).substring(1)));
      Team.awaitStatus(teacher, job, "failed");
    } finally {
      var _ = sql.sql("alter table summaries_away rename to feedback_summaries").update();
    }
    JsonNode told = receiver.await(6).getLast().json();
    assertThat(told.path("event").asString()).isEqualTo("job.failed");
    assertThat(told.path("data").propertyNames())
        .containsExactly("job_id", "status", "student_id", "evaluation_id", "error");
    assertThat(told.path("data").path("error").asString())
        .isEqualTo(
            "De gegevens konden even niet worden gelezen of opgeslagen. Probeer het later opnieuw.");
  }

  private static String jobRequest(Receiver receiver) {
    return json("{'webhook_url':'%s'}", receiver.url());
  }

  private static int attempts(Team team, String job) {
    return team.sql()
        .sql("select webhook_attempts from summary_generation_jobs where job_id = :job")
        .param("job", job)
        .query(Integer.class)
        .single();
  }
}
