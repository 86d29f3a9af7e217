package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.TimeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Submits that are named, sent again and raced.
@OnBothStores
final class IdempotencyTest {
  private final TestServer server = TestServer.shared();
  private final Client asha = server.as("asha@demo.test");
  private final Client ben = server.as("ben@demo.test");

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static Client keyed(Client client, String key) {
    return client.with("Idempotency-Key", key);
  }

  @Test
  void theSameRequestIsAnsweredAgainAndNotDoneAgain() {
    String key = key();
    String body = json("{'type':'text','request':{'input':'once','instructions':'do'}}");
    HttpAnswer first = keyed(asha, key).post(TextTasks.TASKS, body);
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.header("idempotent-replay")).isEmpty();

    for (String again :
        List.of(
            body,
            json(" {'request':{'instructions':'do','input':'\\u006fnce'},\n'type':'text'}"))) {
      for (String written : List.of(key, "\"" + key + "\"")) {
        HttpAnswer replay = keyed(asha, written).post(TextTasks.TASKS, again);

        assertThat(replay.status()).as(replay.toString()).isEqualTo(202);
        assertThat(replay.header("idempotent-replay")).isEqualTo("true");
        assertThat(replay.header("location")).isEqualTo(first.header("location"));
        assertThat(replay.text("id")).isEqualTo(first.text("id"));
      }
    }
    HttpAnswer waited = keyed(asha, key).with("Prefer", "wait=30").post(TextTasks.TASKS, body);
    assertThat(waited.status()).isEqualTo(200);
    assertThat(waited.text("id")).isEqualTo(first.text("id"));
  }

  @Test
  void anotherPayloadOrCallUnderTheSameKeyIsRefused() {
    String key = key();
    assertThat(keyed(asha, key).post(TextTasks.TASKS, TextTasks.body()).status()).isEqualTo(202);

    HttpAnswer other = keyed(asha, key).post(TextTasks.TASKS, TextTasks.body());
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("type")).isEqualTo("urn:handoff:problem:idempotency-mismatch");
    HttpAnswer batch =
        keyed(asha, key)
            .post("/api/v1/batches", json("{'mode':'each','tasks':[%s]}", TextTasks.body()));
    assertThat(batch.text("type")).isEqualTo("urn:handoff:problem:idempotency-mismatch");
  }

  @Test
  void keysOfDifferentCallersNeverMeet() {
    String key = key();
    String body = TextTasks.body();

    String ashas = TextTasks.submit(keyed(asha, key), body);
    HttpAnswer bens = keyed(ben, key).post(TextTasks.TASKS, body);

    assertThat(bens.status()).isEqualTo(202);
    assertThat(bens.header("idempotent-replay")).isEmpty();
    assertThat(bens.text("id")).isNotEqualTo(ashas);
  }

  @Test
  void aRefusedRequestLeavesItsKeyFree() {
    String key = key();
    assertThat(keyed(asha, key).post(TextTasks.TASKS, TextTasks.body("")).status()).isEqualTo(422);

    assertThat(keyed(asha, key).post(TextTasks.TASKS, TextTasks.body()).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\"", "\"\"", "\"open", "\"a\"b\"", "\"a\\b\""})
  void whatIsNoKeyIsRefused(String key) {
    HttpAnswer refused = keyed(asha, key).post(TextTasks.TASKS, TextTasks.body());

    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text("type")).isEqualTo("urn:handoff:problem:invalid-request");
  }

  @Test
  void aKeyHasAtMostTwoHundredCharactersAndIsSentOnce() {
    assertThat(keyed(asha, "k".repeat(201)).post(TextTasks.TASKS, TextTasks.body()).status())
        .isEqualTo(400);
    assertThat(keyed(asha, "k".repeat(200)).post(TextTasks.TASKS, TextTasks.body()).status())
        .isEqualTo(202);
    assertThat(keyed(keyed(asha, key()), key()).post(TextTasks.TASKS, TextTasks.body()).status())
        .isEqualTo(400);
  }

  @Test
  void ofManyEqualRequestsAtOnceOneIsDone() throws Exception {
    for (int round = 0; round < 5; round++) {
      Client caller = keyed(asha, key());
      String body = TextTasks.body();
      List<HttpAnswer> answers = atOnce(16, () -> caller.post(TextTasks.TASKS, body));

      Set<String> tasks = new HashSet<>();
      for (HttpAnswer answer : answers) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        tasks.add(answer.text("id"));
      }
      assertThat(tasks).hasSize(1);
      assertThat(answers.stream().filter(answer -> answer.header("idempotent-replay").isEmpty()))
          .hasSize(1);
    }
  }

  @Test
  void ofManyDifferentRequestsUnderOneKeyOneIsDone() throws Exception {
    Client caller = keyed(asha, key());

    List<HttpAnswer> answers = atOnce(16, () -> caller.post(TextTasks.TASKS, TextTasks.body()));

    assertThat(answers.stream().filter(answer -> answer.status() == 202)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 422)).hasSize(15);
  }

  private static List<HttpAnswer> atOnce(int times, Callable<HttpAnswer> call) throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<HttpAnswer>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        calls.add(call);
      }
      List<HttpAnswer> answers = new ArrayList<>();
      for (Future<HttpAnswer> answer : callers.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  @Test
  void aKeyIsForgottenAfterItsTime() {
    String key = key();
    String body = TextTasks.body();
    String first = TextTasks.submit(keyed(asha, key), body);
    long now = server.bean(TimeSource.class).instant().toEpochMilli();
    var _ =
        server
            .bean(JdbcClient.class)
            .sql("update handoff_idempotency set expires_at = :now where key = :key")
            .param("now", now - 1)
            .param("key", key)
            .update();

    HttpAnswer again = keyed(asha, key).post(TextTasks.TASKS, TextTasks.body());

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.header("idempotent-replay")).isEmpty();
    assertThat(again.text("id")).isNotEqualTo(first);
  }
}
