package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/// Generated prompts as their clients see them.
final class Prompts {
  static final String CALLS = "/api/v1/web-knowledge";
  static final String START = CALLS + "/generate-prompt-async/";
  static final String NOW = CALLS + "/generate-prompt/";

  private Prompts() {}

  static String body(String notes) {
    return json("{'manual_prompt':%s}", JsonMapper.shared().writeValueAsString(notes));
  }

  /// Hands notes in; the task's id.
  static String start(Client client, String notes) {
    HttpAnswer answer = client.post(START, body(notes));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    return answer.text("task_id");
  }

  static HttpAnswer poll(Client client, String task) {
    return client.get(START + "status/" + task + "/");
  }

  static HttpAnswer awaitStatus(Client client, String task, String status) {
    return await(client, task, answer -> answer.text("status").equals(status));
  }

  static HttpAnswer awaitProgress(Client client, String task, int progress) {
    return await(client, task, answer -> answer.json().path("progress").asInt(-1) == progress);
  }

  static HttpAnswer await(Client client, String task, Predicate<HttpAnswer> condition) {
    return Awaitility.await().until(() -> poll(client, task), condition);
  }

  static long tokens(Client client) {
    return client.get(CALLS + "/subscription/").json().path("tokens_remaining").asLong();
  }

  static long reserved(Client client) {
    return client.get(CALLS + "/subscription/").json().path("tokens_reserved").asLong();
  }
}
