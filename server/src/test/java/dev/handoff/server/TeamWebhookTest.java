package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.server.Receiver.ReceivedMessage;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who wanted to be told of a job's end is told, in the words of the description, three times at
/// most.
@OnBothStores
final class TeamWebhookTest {
  private static final String RECEIVERS = "/api/v1/team-evaluation/receivers";

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
      signsWhatItTells(team, receiver);
      goesWhereTeachersAllow(team, receiver);
      isNotSentToAHostThatWasTakenBack(served, receiver);
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

  private static void signsWhatItTells(Team team, Receiver receiver) {
    Client teacher = team.teacher();
    String secret = teacher.get(RECEIVERS).text("secret");
    List<ReceivedMessage> told = receiver.messages();

    assertThat(secret).startsWith("whsec_");
    assertThat(told.getFirst().id()).isEqualTo(told.get(1).id()).isNotEqualTo(told.get(2).id());
    told.forEach(message -> assertThat(message.header("Webhook-signature")).doesNotContain(" "));
    told.forEach(message -> Webhooks.verify(message, secret));

    assertThat(teacher.post(RECEIVERS + "/secret").status()).isEqualTo(204);
    JsonNode renewed = teacher.get(RECEIVERS).json();
    String next = renewed.path("secret").asString();
    assertThat(next).isNotEqualTo(secret);
    assertThat(renewed.path("old_secret_until").isString()).isTrue();
    ReceivedMessage again = tell(team, receiver, 460);
    // Receivers that know the new one and those that know the old one can check it.
    Webhooks.verify(again, next);
    Webhooks.verify(again, secret);
    assertThat(team.otherTeacher().get(RECEIVERS).text("secret")).isNotIn(secret, next);
  }

  private static ReceivedMessage tell(Team team, Receiver receiver, long pupil) {
    int before = receiver.messages().size();
    var _ =
        Team.queue(
            team.teacher(), pupil, json("{'anew':true,%s", jobRequest(receiver).substring(1)));
    return receiver.await(before + 1).getLast();
  }

  private static void goesWhereTeachersAllow(Team team, Receiver receiver) {
    Client teacher = team.teacher();
    assertThat(
            allow(teacher, "'School.Example','bücher.example','2001:DB8::1'").json().path("hosts"))
        .hasToString("[\"school.example\",\"xn--bcher-kva.example\",\"2001:db8::1\"]");

    HttpAnswer refused = teacher.post(Team.of(123, 457) + "/queue", jobRequest(receiver));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).contains("hosts that the school's teachers allowed");

    assertThat(allow(teacher, "'127.0.0.1'").status()).isEqualTo(200);
    assertThat(tell(team, receiver, 457).path()).isEqualTo("/hook");
    for (String bad :
        List.of("'https://a.example'", "'a.example/x'", "''", "'a b'", "'-a.example'")) {
      assertThat(allow(teacher, bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(allow(teacher, "'a',".repeat(20) + "'b'").status()).isEqualTo(400);
    assertThat(allow(team.pupil(456), "'a.example'").status()).isEqualTo(403);
    assertThat(teacher.get(RECEIVERS).json().path("hosts")).hasToString("[\"127.0.0.1\"]");
  }

  private static void isNotSentToAHostThatWasTakenBack(TeamServer served, Receiver receiver) {
    Client teacher = served.team().teacher();
    Gate gate = Gate.closed();
    served.model().byDefault(ModelScript.hang(gate));
    int before = receiver.messages().size();
    String job =
        Team.queue(teacher, 456, json("{'anew':true,%s", jobRequest(receiver).substring(1)));
    assertThat(allow(teacher, "'school.example'").status()).isEqualTo(200);

    gate.openForAll();

    String messages = "/api/v1/ops/tasks?type=team-evaluation.message&state=failed&subject=" + job;
    Client admin = served.server().as("admin@demo.test");
    Awaitility.await().until(() -> admin.get(messages).json().path("tasks").size() == 1);
    assertThat(receiver.messages()).hasSize(before);
  }

  private static HttpAnswer allow(Client teacher, String hosts) {
    return teacher.call(
        "PUT",
        RECEIVERS,
        "application/json",
        json("{'hosts':[%s]}", hosts.replace('\'', '"')).getBytes(StandardCharsets.UTF_8));
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
